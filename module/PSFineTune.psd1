@{
    RootModule           = 'PSFineTune.dll'
    # Loaded before views and types: of a second version in one session that is one error, and not one for each type.
    RequiredAssemblies   = @('PSFineTune.dll')
    ModuleVersion        = '0.0.0'    # the build writes the version of Directory.Build.props
    GUID                 = '9d2f4a0e-6c1b-4f57-8a35-0e7b5c9d4f12'
    Author               = 'PSFineTune contributors'
    CompanyName          = 'PSFineTune contributors'
    Copyright            = 'PSFineTune contributors, MIT licence'
    Description          = 'Fine-tunes image and text classifiers from pretrained weights: augment, plan, train, measure and predict in a PowerShell pipeline, offline and reproducibly.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('PSFineTune.format.ps1xml')
    TypesToProcess       = @('PSFineTune.types.ps1xml')
    CmdletsToExport      = @()        # the build writes the names of the cmdlets
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('FineTuning', 'TransferLearning', 'ImageClassification', 'TextClassification', 'DeepLearning', 'MachineLearning', 'TorchSharp', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            Prerelease = ''    # the build writes it
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}

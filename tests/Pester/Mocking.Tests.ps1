# A user's automation around this module can be tested without training anything.
BeforeAll {
    Import-Module PSFineTune

    function Start-NightlyTraining {
        param([string] $Folder, [int] $Epochs = 3)
        $run = Import-ImageDataset $Folder | Invoke-FineTune MobileNetV2 -Epochs $Epochs
        if ($run.Accuracy -ge 0.8) { $run | Export-FineTuneModel (Join-Path $Folder 'model.psft') }
    }
}

Describe 'A script that trains at night' {
    BeforeAll {
        Mock Export-FineTuneModel
        New-SampleDataset $TestDrive/photos -Count 20
    }

    It 'trains once, as long as it was told' {
        Mock Invoke-FineTune { [pscustomobject]@{ Accuracy = 0.9 } }
        Start-NightlyTraining $TestDrive/photos -Epochs 2
        Should -Invoke Invoke-FineTune -Times 1 -Exactly -ParameterFilter { $Epochs -eq 2 }
        Should -Invoke Export-FineTuneModel -Times 1 -Exactly
    }

    It 'keeps no model that is not good enough' {
        Mock Invoke-FineTune { [pscustomobject]@{ Accuracy = 0.5 } }
        Start-NightlyTraining $TestDrive/photos
        Should -Invoke Invoke-FineTune -Times 1 -Exactly -ParameterFilter { $Epochs -eq 3 }
        Should -Not -Invoke Export-FineTuneModel
    }
}

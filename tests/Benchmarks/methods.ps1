# Accuracy and macro-F1 of every way to classify texts on four sets, as a table: each is trained once with its defaults.
# Texts is the folder of sent-conv, sms-spam and thucnews-titles; Dictionary jieba's; Vectors words of English with their numbers.
param(
    [Parameter(Mandatory)] [string] $Texts,
    [Parameter(Mandatory)] [string] $Dictionary,
    [Parameter(Mandatory)] [string] $Vectors,
    [string[]] $Only
)
$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
Import-Module PSFineTune
$env:PSFINETUNE_DICTIONARY = $Dictionary

$sets = [ordered]@{
    trec   = @{ Path = "$Texts/sent-conv/TREC.train.all"; TestPath = "$Texts/sent-conv/TREC.test.all" }
    sst2   = @{ Path = "$Texts/sent-conv/stsa.binary.train"; ValidationPath = "$Texts/sent-conv/stsa.binary.dev"; TestPath = "$Texts/sent-conv/stsa.binary.test" }
    titles = @{ Path = "$Texts/thucnews-titles/dev.txt"; TestPath = "$Texts/thucnews-titles/test.txt" }
    sms    = @{ Path = "$Texts/sms-spam/SMSSpamCollection"; TestFraction = 0.2 }
}
$sparse = @{ TfIdf = @{ Sublinear = $true } }
foreach ($set in $sets.Keys) {
    if ($Only -and $set -notin $Only) { continue }
    $source = $sets[$set]
    $data = Import-TextDataset @source -ValidationFraction 0.1
    $words = @{}
    if ($set -ne 'titles') { $words.Weights = $Vectors }
    $methods = [ordered]@{
        'LinearSvm'                  = { $data | Invoke-FineTune LinearSvm }
        'LinearSvm, 2,000 by chi-square' = { $data | Invoke-FineTune LinearSvm -TextPipeline (New-TextPipeline -MinDocuments 2 -Weighting $sparse -Selector ChiSquare -K 2000) }
        'LinearSvm, 1 to 4 letters'  = { $data | Invoke-FineTune LinearSvm -TextPipeline (New-TextPipeline -Tokens @{ CharacterTokens = @{ MinLength = 1; MaxLength = 4 } } -MinDocuments 2 -Weighting $sparse) }
        'Svm linear'                 = { $data | Invoke-FineTune Svm }
        'Svm rbf'                    = { $data | Invoke-FineTune @{ Svm = @{ Kernel = @{ RbfKernel = @{ Gamma = 0.01 } }; C = 10 } } }
        'TextCnn'                    = { $data | Invoke-FineTune TextCnn @words }
        'BiLstm'                     = { $data | Invoke-FineTune BiLstm @words }
    }
    foreach ($method in $methods.Keys) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $run = & $methods[$method]
        $seconds = $watch.Elapsed.TotalSeconds
        $test = $run | Measure-FineTuneModel -Dataset $data -Split Test
        [Console]::Out.WriteLine(([ordered]@{ set = $set; method = $method; accuracy = [math]::Round($test.Accuracy, 4); macro_f1 = [math]::Round($test.MacroF1, 4); seconds = [math]::Round($seconds, 1) } | ConvertTo-Json -Compress))
    }
}

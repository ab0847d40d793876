# News titles in Chinese: all words against nouns alone, each as a table of the terms that tell most, an accuracy and a package.
# Titles is a folder with dev.txt to train on, test.txt to judge (a title, a tab, the number of its class) and class.txt with the names.
param(
    [Parameter(Mandatory)] [string] $Titles,
    [Parameter(Mandatory)] [string] $Dictionary,
    [string] $Path = (Join-Path (Get-Location) 'chinese-news')
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
$null = New-Item -ItemType Directory -Force $Path
$env:PSFINETUNE_WORKSPACE = Join-Path $Path 'workspace'

$news = Import-TextDataset (Join-Path $Titles dev.txt) -ValidationPath (Join-Path $Titles test.txt)
$words = New-TextPipeline -Language zh -Dictionary $Dictionary -Weighting @{ TfIdf = @{ Sublinear = $true } } -MinDocuments 2
$nouns = $words | New-TextPipeline -Language zh -Dictionary $Dictionary -PartOfSpeech 'n*'

$runs = [ordered]@{ 'all words' = $words; 'nouns' = $nouns }
foreach ($name in $runs.Keys) {
    $run = $news | Invoke-FineTune LinearSvm -TextPipeline $runs[$name]
    $package = $run | Export-FineTuneModel (Join-Path $Path "$($name -replace ' ', '-').psft") -Force -PassThru
    [pscustomobject]@{
        Words    = $name
        Accuracy = [math]::Round($run.Accuracy, 4)
        MacroF1  = [math]::Round(($run | Measure-FineTuneModel).MacroF1, 4)
        Seconds  = [math]::Round(($run.Epochs | Measure-Object Seconds -Sum).Sum, 1)
        Best     = ($news | Select-TextFeature ChiSquare -K 5 -TextPipeline $runs[$name]).Term -join ' '
        Package  = Split-Path $package -Leaf
    }
}
'新款手机屏幕刷新率达120Hz', '央行宣布下调存款准备金率' | Invoke-Prediction -Model (Join-Path $Path nouns.psft) | Select-Object Label, Confidence, @{ Name = 'Terms'; Expression = { $_.Terms.Term -join ' ' } }, Text

# Texts: a linear model by the example, a support vector machine and a small network.
param([string] $Path)
$ErrorActionPreference = 'Stop'
& "$PSScriptRoot/../../examples/tickets.ps1" -Path (Join-Path $Path texts) -Count 60
$tickets = Import-TextDataset (Join-Path $Path texts/desk/tickets.csv)
foreach ($model in 'Svm', 'TextCnn') {
    $run = New-FineTunePlan $model -Dataset $tickets | Invoke-FineTune -Workspace (Join-Path $Path texts/workspace)
    $answer = 'the printer on the second floor is out of toner' | Invoke-Prediction -Model $run
    Write-Output "${model}: $($answer.Label) $($answer.Confidence)"
    if ($answer.Confidence -le 0 -or $answer.Label -notin $tickets.Classes) { throw "$model answers $($answer.Label)" }
}

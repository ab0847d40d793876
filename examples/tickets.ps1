# From a table of tickets to a package that says which queue a new one belongs to, and why.
# Without -Csv it writes a table of invented tickets first. Run it in an empty folder.
param(
    [string] $Path = (Join-Path (Get-Location) 'tickets'),
    [string] $Csv,
    [int] $Count = 200,
    [string] $Model = 'LinearSvm'
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
$null = New-Item -ItemType Directory -Force $Path
$env:PSFINETUNE_WORKSPACE = Join-Path $Path 'workspace'
if (-not $Csv) {
    New-SampleDataset (Join-Path $Path 'desk') -Kind Tickets -Count $Count -Force
    $Csv = Join-Path $Path 'desk/tickets.csv'
}

# What is there, and which words tell the queues apart.
$tickets = Import-TextDataset $Csv
$tickets.ClassCounts | Format-Table
$tickets | Select-TextFeature ChiSquare -K 10 | Format-Table

# Train, judge, pack.
$run = $tickets | Invoke-FineTune $Model
$run | Measure-FineTuneModel | Select-Object Accuracy, MacroF1, Count
$package = $run | Export-FineTuneModel (Join-Path $Path 'tickets.psft') -Force -PassThru

# Route new tickets: a queue each, how sure, and the words that decided.
Import-Csv $Csv | Select-Object -First 5 | Invoke-Prediction -Model $package |
    Select-Object Label, @{ Name = 'Confidence'; Expression = { [math]::Round($_.Confidence, 3) } }, @{ Name = 'Terms'; Expression = { $_.Terms.Term -join ', ' } }, Text |
    Export-Csv (Join-Path $Path 'routed.csv')
Get-Content (Join-Path $Path 'routed.csv')

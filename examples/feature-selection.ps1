# Which terms tell most of the classes? Four ways of choosing them, over how many each keeps, with an SVM: a table and a plot.
# Titles is a folder with dev.txt to train on, test.txt to judge (a title, a tab, the number of its class) and class.txt with the names.
param(
    [Parameter(Mandatory)] [string] $Titles,
    [Parameter(Mandatory)] [string] $Dictionary,
    [string] $Path = (Join-Path (Get-Location) 'feature-selection'),
    [string[]] $Class = ('finance', 'entertainment'),
    [int[]] $K = (100, 200, 500, 1000, 2000, 5000, 10000),
    [int] $Every = 1    # of as many titles one is taken
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
$null = New-Item -ItemType Directory -Force $Path
$env:PSFINETUNE_WORKSPACE = Join-Path $Path 'workspace'

# The titles of some classes, as a csv with the names of the classes.
function Export-Title([string] $File, [string[]] $Wanted) {
    $names = [IO.File]::ReadAllLines((Resolve-Path (Join-Path $Titles class.txt)))
    $rows = foreach ($line in [IO.File]::ReadLines((Resolve-Path (Join-Path $Titles $File)))) {
        $title, $number = $line -split "`t"
        if ($names[$number] -in $Wanted) { [pscustomobject]@{ text = $title; label = $names[$number] } }
    }
    $script:seen = 0
    $csv = Join-Path $Path ([IO.Path]::ChangeExtension($File, "$($Wanted.Count).csv"))
    $rows | Where-Object { $script:seen++ % $Every -eq 0 } | Export-Csv $csv
    $csv
}

function Compare-Selector([string[]] $Wanted) {
    $data = Import-TextDataset (Export-Title dev.txt $Wanted) -ValidationPath (Export-Title test.txt $Wanted)
    $words = New-TextPipeline -Language zh -Dictionary $Dictionary -Weighting TfIdf
    foreach ($selector in 'DocumentFrequency', 'ChiSquare', 'MutualInformation', 'InformationGain') {
        foreach ($count in $K) {
            $run = $data | Invoke-FineTune LinearSvm -TextPipeline ($words | New-TextPipeline -Selector $selector -K $count)
            [pscustomobject]@{ Classes = $Wanted.Count; Selector = $selector; K = $count; Accuracy = [math]::Round($run.Accuracy, 4) }
        }
    }
}

$all = [IO.File]::ReadAllLines((Resolve-Path (Join-Path $Titles class.txt)))
$results = @(Compare-Selector $Class) + @(if ($all.Count -gt $Class.Count) { Compare-Selector $all })
$results | Export-Csv (Join-Path $Path 'accuracy.csv')
foreach ($group in $results | Group-Object Classes) {
    $group.Group | Show-LineChart -X K -Y Accuracy -Series Selector -Logarithmic -Path (Join-Path $Path "accuracy-$($group.Name)-classes.png")
}
$results | Format-Table

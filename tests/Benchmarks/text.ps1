# One job of text.py: from file to score, timed when the dictionary and the libraries are warm. Prints one JSON line.
param(
    [Parameter(Mandatory)] [string] $Train,
    [Parameter(Mandatory)] [string] $Test,
    [Parameter(Mandatory)] [string] $Model,       # JSON: a name, or a table of a name and its settings
    [Parameter(Mandatory)] [string] $Pipeline,    # JSON of New-TextPipeline's parameters
    [string] $Settings = '{}',                    # JSON of further parameters of Invoke-FineTune
    [string] $ClassFile,
    [int] $Threads = 0
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
function Read-Table([string] $Json) { $Json | ConvertFrom-Json -AsHashtable }

$words = Read-Table $Pipeline
$network = Read-Table $Model
$more = Read-Table $Settings
$source = @{ Path = $Train; ValidationPath = $Test }
if ($ClassFile) { $source.ClassFile = $ClassFile }
if ($words.Language -eq 'zh') { $null = ConvertTo-TextToken '预热' -Language zh -Dictionary $words.Dictionary }

$watch = [Diagnostics.Stopwatch]::StartNew()
$data = Import-TextDataset @source
$read = $watch.Elapsed.TotalSeconds
$run = $data | Invoke-FineTune $network -TextPipeline (New-TextPipeline @words) @more
$trained = $watch.Elapsed.TotalSeconds
$result = $run | Measure-FineTuneModel
[Console]::Out.WriteLine(([ordered]@{
    accuracy = [math]::Round($result.Accuracy, 4)
    macro_f1 = [math]::Round($result.MacroF1, 4)
    seconds  = [math]::Round($watch.Elapsed.TotalSeconds, 2)
    read     = [math]::Round($read, 2)
    train    = [math]::Round($trained - $read, 2)
    said     = "$($run.Preparation)"
} | ConvertTo-Json -Compress))

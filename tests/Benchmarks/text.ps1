# One job of text.py: from file to score, timed when it has been repeated in the process for some seconds. Prints one JSON line.
param(
    [Parameter(Mandatory)] [string] $Train,
    [Parameter(Mandatory)] [string] $Test,
    [Parameter(Mandatory)] [string] $Model,       # JSON: a name, or a table of a name and its settings
    [Parameter(Mandatory)] [string] $Pipeline,    # JSON of New-TextPipeline's parameters
    [string] $Settings = '{}',                    # JSON of further parameters of Invoke-FineTune
    [string] $ClassFile,
    [double] $Warm = 10                           # seconds of repeating it before it is timed
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
function Read-Table([string] $Json) { $Json | ConvertFrom-Json -AsHashtable }

$words = Read-Table $Pipeline
$network = Read-Table $Model
$more = Read-Table $Settings
$source = @{ Path = $Train; ValidationPath = $Test }
if ($ClassFile) { $source.ClassFile = $ClassFile }

# As often as it takes until what is used is compiled: the last is what a session or a service sees.
$all = [Diagnostics.Stopwatch]::StartNew()
$first = $null
do {
    $isLast = $all.Elapsed.TotalSeconds -gt $Warm
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $data = Import-TextDataset @source -WarningAction SilentlyContinue
    $read = $watch.Elapsed.TotalSeconds
    $run = $data | Invoke-FineTune $network -TextPipeline (New-TextPipeline @words) @more -WarningAction SilentlyContinue
    # Trained, and judged on the file to judge.
    $done = $watch.Elapsed.TotalSeconds
    $first ??= $done
} until ($isLast)
$result = $run | Measure-FineTuneModel -Dataset $data
[Console]::Out.WriteLine(([ordered]@{
    accuracy = [math]::Round($result.Accuracy, 4)
    macro_f1 = [math]::Round($result.MacroF1, 4)
    seconds  = [math]::Round($done, 3)
    read     = [math]::Round($read, 3)
    first    = [math]::Round($first, 2)
    said     = "$($run.Preparation)"
} | ConvertTo-Json -Compress))

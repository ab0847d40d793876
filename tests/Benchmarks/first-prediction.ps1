<#
.SYNOPSIS
    Measures a new process from Import-Module to its first predictions, in seconds and in memory, beside ONNX Runtime alone.
.DESCRIPTION
    Trains one epoch of the output layer on made-up pictures, exports the package and the same network as ONNX, and starts the
    engine that runs this script anew -Count times for each, by turns: one process imports the module and predicts a picture, then 32;
    the other loads ONNX Runtime and nothing else, and puts as many blank pictures through the exported file. Prints medians
    and ranges, the time of the import alone, the most memory that each process held, and the package's size.
.EXAMPLE
    dotnet artifacts/bin/PSFineTune.Host/debug/PSFineTune.Host.dll tests/Benchmarks/first-prediction.ps1 ResNet18
#>
param(
    # A name of Get-ModelArchitecture.
    [string] $Model = 'MobileNetV2',

    [int] $Count = 11
)

$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
$folder = [System.IO.Directory]::CreateTempSubdirectory('psfinetune-first-').FullName
try {
    New-SampleDataset "$folder/photos" -Count 40 -Seed 1 | Out-Null
    Import-ImageDataset "$folder/photos" -ValidationFraction 0.3 -Workspace "$folder/workspace" |
        Invoke-FineTune $Model -Weights Random -Recipe HeadOnly -Epochs 1 -Workspace "$folder/workspace" | Export-FineTuneModel "$folder/model.psft"
    Get-ChildItem "$folder/model.psft" | Export-OnnxModel -Path "$folder/model.onnx" -ErrorAction Stop
    $photos = (Get-ChildItem "$folder/photos" -Recurse -File)[0..31].FullName
    $said = '[string]::Format([cultureinfo]::InvariantCulture, "{0} {1} {2}", $import, $first, [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)'
    $ours = @"
`$watch = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module PSFineTune; `$import = `$watch.Elapsed.TotalSeconds
Invoke-Prediction '$($photos[0])' -Model '$folder/model.psft' | Out-Null; `$first = `$watch.Elapsed.TotalSeconds
'$($photos -join "','")' | Invoke-Prediction -Model '$folder/model.psft' | Out-Null
$said
"@
    # Side by side, as .NET looks for them.
    New-Item "$folder/peer" -ItemType Directory | Out-Null
    Get-ChildItem (Join-Path (Get-Module PSFineTune).ModuleBase lib) -Recurse -File | Where-Object Name -match 'onnxruntime\.|^System\.Numerics\.Tensors\.dll' | Copy-Item -Destination "$folder/peer"
    $side = (Import-FineTuneModel "$folder/model.psft").Preprocessing.InputSize
    $theirs = @"
`$watch = [System.Diagnostics.Stopwatch]::StartNew(); 'System.Numerics.Tensors', 'Microsoft.ML.OnnxRuntime' | ForEach-Object { Add-Type -Path "$folder/peer/`$_.dll" }; `$import = `$watch.Elapsed.TotalSeconds
`$session = [Microsoft.ML.OnnxRuntime.InferenceSession]::new('$folder/model.onnx')
foreach (`$count in 1, 32) {
    `$pixels = [Microsoft.ML.OnnxRuntime.OrtValue]::CreateAllocatedTensorValue([Microsoft.ML.OnnxRuntime.OrtAllocator]::DefaultInstance, 'Float', [long[]](`$count, 3, $side, $side))
    `$session.Run([Microsoft.ML.OnnxRuntime.RunOptions]::new(), [string[]]@(`$session.InputMetadata.Keys), [Microsoft.ML.OnnxRuntime.OrtValue[]](`$pixels), [string[]]@(`$session.OutputMetadata.Keys)[0..0]) | Out-Null
    if (`$count -eq 1) { `$first = `$watch.Elapsed.TotalSeconds }
}
$said
"@
    Set-Content "$folder/ours.ps1" $ours
    Set-Content "$folder/theirs.ps1" $theirs
    $engine = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    [string[]] $first = if ([System.IO.Path]::GetFileNameWithoutExtension($engine) -eq 'dotnet') { [Environment]::GetCommandLineArgs()[0] }
    $runs = @{ ours = @(); theirs = @() }
    1..$Count | ForEach-Object { foreach ($who in 'ours', 'theirs') { $runs[$who] += , [double[]]((& $engine @first "$folder/$who.ps1") -split ' ') } }
    foreach ($who in 'ours', 'theirs') {
        $imports, $whole, $memory = 0, 1, 2 | ForEach-Object { $place = $_; , @($runs[$who] | ForEach-Object { $_[$place] } | Sort-Object) }
        $half = [int][Math]::Floor($Count / 2)
        '{0}, {1}: first prediction after {2:0.00} s ({3:0.00} to {4:0.00}, {5} processes), import {6:0.00} s, at most {7:0} MiB ({8:0} to {9:0}), package {10:0.0} MB' -f
            $Model, $(if ($who -eq 'ours') { 'this module' } else { 'ONNX Runtime' }), $whole[$half], $whole[0], $whole[-1], $Count, $imports[$half], $memory[$half], $memory[0], $memory[-1], ((Get-Item "$folder/model.psft").Length / 1e6)
    }
}
finally {
    [System.IO.Directory]::Delete($folder, $true)
}

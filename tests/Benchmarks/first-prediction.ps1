<#
.SYNOPSIS
    Measures a new process from Import-Module to its first prediction.
.DESCRIPTION
    Trains one epoch of the output layer on made-up pictures, exports the package, and starts the engine that runs this script
    anew -Count times. Prints the median and the range in seconds, the time of the import alone, and the package's size.
.EXAMPLE
    dotnet artifacts/bin/PSFineTune.Host/debug/PSFineTune.Host.dll tests/Benchmarks/first-prediction.ps1 ResNet18
#>
param(
    # A name of Get-ModelArchitecture.
    [string] $Model = 'MobileNetV2',

    [int] $Count = 9
)

$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
$folder = [System.IO.Directory]::CreateTempSubdirectory('psfinetune-first-').FullName
try {
    New-SampleDataset "$folder/photos" -Count 12 -Seed 1 | Out-Null
    Import-ImageDataset "$folder/photos" -ValidationFraction 0.3 -Workspace "$folder/workspace" |
        Invoke-FineTune $Model -Weights Random -Recipe HeadOnly -Epochs 1 -Workspace "$folder/workspace" | Export-FineTuneModel "$folder/model.psft"
    $photo = (Get-ChildItem "$folder/photos" -Recurse -File)[0].FullName
    $script = '$watch = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module PSFineTune; $import = $watch.Elapsed.TotalSeconds; ' +
        "Invoke-Prediction '$photo' -Model '$folder/model.psft' | Out-Null; " +
        '[string]::Format([cultureinfo]::InvariantCulture, "{0} {1}", $import, $watch.Elapsed.TotalSeconds)'
    $engine = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    [string[]] $first = if ([System.IO.Path]::GetFileNameWithoutExtension($engine) -eq 'dotnet') { [Environment]::GetCommandLineArgs()[0] }
    $runs = 1..$Count | ForEach-Object { , [double[]]((& $engine @first -Command $script) -split ' ') }
    $imports, $whole = 0, 1 | ForEach-Object { $place = $_; , @($runs | ForEach-Object { $_[$place] } | Sort-Object) }
    $half = [int][Math]::Floor($Count / 2)
    '{0}: first prediction after {1:0.00} s ({2:0.00} to {3:0.00}, {4} processes), import {5:0.00} s, package {6:0.0} MB' -f
        $Model, $whole[$half], $whole[0], $whole[-1], $Count, $imports[$half], ((Get-Item "$folder/model.psft").Length / 1e6)
}
finally {
    [System.IO.Directory]::Delete($folder, $true)
}

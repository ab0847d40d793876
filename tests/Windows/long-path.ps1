# Data, workspace and package below a folder whose path is longer than the 260 characters that old programs end at.
param([string] $Path)
$ErrorActionPreference = 'Stop'
$long = Join-Path $Path ((1..12 | ForEach-Object { "a folder with a long name $_" }) -join '/')
if ($long.Length -le 260) { throw "only $($long.Length) characters" }
$env:PSFINETUNE_WORKSPACE = Join-Path $long workspace
New-SampleDataset (Join-Path $long photos) -Count 8 -Size 24 -Force
$run = Import-ImageDataset (Join-Path $long photos) -ValidationFraction 0.5 | Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 16 -Epochs 1 -BatchSize 4 -Threads 1
$package = $run | Export-FineTuneModel (Join-Path $long model.psft) -Force -PassThru
$predictions = [System.IO.Directory]::GetFiles((Join-Path $long photos), '*.png', 'AllDirectories') | Invoke-Prediction -Model $package
Write-Output "$(@($predictions).Count) predictions below a path of $($long.Length) characters"

# Trains the source network that the module carries (ResNet20.safetensors beside this file) on drawn shapes of 25 kinds.
# Run it with the script host or pwsh after a build, then build again: the file becomes a resource of PSFineTune.Core.dll.
param(
    [string] $Path = (Join-Path (Get-Location) 'source-network'),
    [int] $Count = 400,
    [int] $Epochs = 24,
    [string] $Destination = (Join-Path $PSScriptRoot 'ResNet20.safetensors')
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
New-SampleDataset (Join-Path $Path 'shapes') -Kind Shapes -Count $Count -Seed 7 -Force
$data = Import-ImageDataset (Join-Path $Path 'shapes') -ValidationFraction 0.1
$augment = New-AugmentPipeline @{ RandomResizedCrop = @{ Scale = .5, 1 } }, RandomHorizontalFlip, @{ ColorJitter = @{ Brightness = .3; Contrast = .3; Saturation = .3 } }
$run = New-FineTunePlan ResNet20 -Weights Random -Dataset $data -Augment $augment -ImageSize 48 -Epochs $Epochs -BatchSize 64 -Seed 7 `
    -Optimizer @{ Sgd = @{ LearningRate = .1; Momentum = .9; WeightDecay = .0005 } } -Schedule Cosine -WarningAction SilentlyContinue |
    Set-LayerLearningRate head -Factor 1 | Invoke-FineTune -Workspace (Join-Path $Path 'workspace') -Verbose
$last = Get-ChildItem (Join-Path $run.Path 'checkpoints') | Sort-Object Name | Select-Object -Last 1
Copy-Item (Join-Path $last.FullName 'model.safetensors') $Destination
Write-Output ("{0} of {1} bytes: validation accuracy {2:p1} on {3} kinds" -f $Destination, (Get-Item $Destination).Length, $run.Epochs[-1].Accuracy, $data.Classes.Count)

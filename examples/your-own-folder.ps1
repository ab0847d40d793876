# The same on your own photos: a folder with one folder of pictures for each class, and pretrained weights.
param(
    [Parameter(Mandatory)] [string] $Data,
    [Parameter(Mandatory)] [string] $Weights,
    [string] $Model = 'MobileNetV2',
    [ValidateSet('Tutorial', 'HeadOnly')] [string] $Recipe = 'Tutorial',
    [int] $Epochs = 5,
    [string] $Package = (Join-Path (Get-Location) 'model.psft')
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune

$images = Import-ImageDataset $Data -OnBadImage Skip
$images.Skipped | Format-Table
$plan = New-FineTunePlan $Model -Weights $Weights -Dataset $images -Recipe $Recipe -Epochs $Epochs
$run = $plan | Invoke-FineTune -Verbose
$judged = $run | Measure-FineTuneModel
$judged.PerClass | Format-Table
$run | Export-FineTuneModel $Package -Force -PassThru

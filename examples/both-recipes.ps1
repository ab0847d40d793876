# Both recipes of the tutorial on the same data: all layers with a faster output layer, and the output layer alone.
param(
    [Parameter(Mandatory)] [string] $Data,
    [Parameter(Mandatory)] [string] $Weights,
    [string] $Model = 'MobileNetV2',
    [int] $Epochs = 5,
    [int] $ImageSize = 224
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
$images = Import-ImageDataset $Data

# Tutorial: SGD 0.01, weight decay 0.001; the new output layer at ten times the rate.
$tutorial = New-FineTunePlan $Model -Weights $Weights -Dataset $images -Recipe Tutorial -Epochs $Epochs -ImageSize $ImageSize
# HeadOnly: everything but the output layer frozen; Adam. A higher rate than 1e-4 suits few photos.
$headOnly = New-FineTunePlan $Model -Weights $Weights -Dataset $images -Recipe HeadOnly -LearningRate 0.001 -Epochs $Epochs -ImageSize $ImageSize

$tutorial, $headOnly | ForEach-Object {
    $run = $_ | Invoke-FineTune
    [pscustomobject]@{
        Recipe   = $_.Recipe
        Accuracy = [math]::Round($run.Accuracy, 3)
        Seconds  = [math]::Round(($run.Epochs | Measure-Object Seconds -Sum).Sum, 1)
        Trained  = ($_ | Get-ModelLayer | Where-Object Trainable | Measure-Object Parameters -Sum).Sum
    }
} | Format-Table

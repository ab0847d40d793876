# What every preset makes of a few pictures: one grid each, the original and five versions a row. With -Data a folder of your own.
param(
    [string] $Path = (Join-Path (Get-Location) 'augmentation-presets'),
    [string] $Data,
    [int] $Images = 3,
    [int] $Versions = 5,
    [double] $Scale = 1.1
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
$null = New-Item -ItemType Directory -Force $Path
if (-not $Data) {
    $Data = Join-Path $Path 'pictures'
    New-SampleDataset $Data -Count ([math]::Max(2, $Images)) -Size 160 -Seed 5 -Force
}
$pictures = Get-ChildItem $Data -Recurse -File -Include *.jpg, *.jpeg, *.png | Select-Object -First $Images

foreach ($preset in 'Tutorial', 'Default', 'Strong', 'TrivialAugment', 'RandAugment', 'AugMix', 'Document', 'None') {
    $grid = Join-Path $Path "$($preset.ToLowerInvariant()).jpg"
    $pictures | Show-ImageGrid -Augment $preset -Versions $Versions -Scale $Scale -InputSize 160 -Path $grid
    Write-Output $grid
}

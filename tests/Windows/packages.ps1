# A package says what its run says, a changed one is refused, and what is published can be taken back.
param([string] $Path)
$ErrorActionPreference = 'Stop'
$Path = Join-Path $Path packages
$env:PSFINETUNE_WORKSPACE = Join-Path $Path workspace
New-SampleDataset (Join-Path $Path photos) -Count 12 -Size 24 -Force
$photos = Get-ChildItem (Join-Path $Path photos) -Recurse -Filter *.png
$run = Import-ImageDataset (Join-Path $Path photos) -ValidationFraction 0.3 | Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 16 -Epochs 1 -BatchSize 4 -Threads 1
$package = $run | Export-FineTuneModel (Join-Path $Path model.psft) -Force -PassThru
$one = $photos | Invoke-Prediction -Model $run
$two = $photos | Invoke-Prediction -Model $package
for ($i = 0; $i -lt $photos.Count; $i++) {
    if ($one[$i].Label -ne $two[$i].Label -or [math]::Abs($one[$i].Confidence - $two[$i].Confidence) -gt 1e-6) { throw "the package says otherwise of $($photos[$i])" }
}
if (-not (Test-FineTunePackage $package -Quiet)) { throw 'the package is not whole' }

$bytes = [System.IO.File]::ReadAllBytes($package.FullName)
$bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1
[System.IO.File]::WriteAllBytes((Join-Path $Path changed.psft), $bytes)
try { $null = Import-FineTuneModel (Join-Path $Path changed.psft); $refused = $false } catch { $refused = $true; Write-Output "refused: $_" }
if (-not $refused) { throw 'a changed package was taken' }

$store = Join-Path $Path store
foreach ($seed in 1, 2) {
    Import-ImageDataset (Join-Path $Path photos) -ValidationFraction 0.3 | Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 16 -Epochs 1 -BatchSize 4 -Threads 1 -Seed $seed | Publish-FineTuneModel photos -Store $store
}
$null = Undo-FineTunePublish photos -Store $store
$now = Get-PublishedModel photos -Store $store
Write-Output "published: version $($now.Version)"

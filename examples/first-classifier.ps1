# From nothing to a classifier: draws pictures, fine-tunes the network that the module carries, and uses the result.
# Run it in an empty folder; it writes hotdog/ (pictures), grid.png, hotdog.psft and predictions.csv there.
param(
    [string] $Path = (Join-Path (Get-Location) 'first-classifier'),
    [int] $Count = 200,
    [int] $Epochs = 6,
    [int] $Seed = 1
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune
$null = New-Item -ItemType Directory -Force $Path
$env:PSFINETUNE_WORKSPACE = Join-Path $Path 'workspace'

# 1. Data: two classes, hot dogs and what only looks like them.
New-SampleDataset (Join-Path $Path 'hotdog') -Kind HotDog -Count $Count -Seed $Seed -Force
$data = Import-ImageDataset (Join-Path $Path 'hotdog') -ValidationFraction 0.3
Write-Output "$($data.Train.Count) training and $($data.Validation.Count) validation pictures of $($data.Classes -join ' and ')"

# 2. Augmentation, and what it does to the pictures.
$augment = New-AugmentPipeline @{ RandomResizedCrop = @{ Scale = .5, 1 } }, RandomHorizontalFlip
$data.Train | Select-Object -First 8 | Show-ImageGrid -Augment $augment -Rows 4 -Columns 4 -Scale 1.5 -InputSize 64 -Path (Join-Path $Path 'grid.png')

# 3. The plan: the pretrained network, a new output layer that learns ten times as fast.
$settings = @{ Dataset = $data; Recipe = 'Tutorial'; Augment = $augment; Epochs = $Epochs; Seed = $Seed; Momentum = 0.9; Schedule = 'Cosine' }
$plan = New-FineTunePlan ResNet20 @settings
$plan | Get-ModelLayer head | Format-Table

# 4. Training, beside the same network from random weights.
$run = $plan | Invoke-FineTune
$run.Epochs | Format-Table
$scratch = New-FineTunePlan ResNet20 -Weights Random -ImageSize 48 @settings -WarningAction SilentlyContinue | Invoke-FineTune
Write-Output ('Accuracy after {0} epochs: {1:p1} from pretrained weights, {2:p1} from random ones.' -f $Epochs, $run.Epochs[-1].Accuracy, $scratch.Epochs[-1].Accuracy)

# 5. The model as one file, and that file at work.
$run | Export-FineTuneModel (Join-Path $Path 'hotdog.psft') -Force
$predictions = Get-ChildItem (Join-Path $Path 'hotdog/hotdog') -Filter *.png | Select-Object -First 5 | Invoke-Prediction -Model (Join-Path $Path 'hotdog.psft')
$predictions | Format-Table
$predictions | Select-Object Path, Label, Confidence | Export-Csv (Join-Path $Path 'predictions.csv')

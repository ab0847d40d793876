BeforeAll {
    Import-Module PSFineTune
    $before = $env:PSFINETUNE_WORKSPACE
    $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
    $golden = Get-Content (Join-Path (Split-Path $PSScriptRoot) 'PSFineTune.Core.Tests/Goldens/torchscript.json') -Raw | ConvertFrom-Json
    $program = Join-Path $TestDrive 'net.pt'
    [System.IO.File]::WriteAllBytes($program, [Convert]::FromBase64String(($golden.cases | Where-Object name -eq 'scripted').file))
    New-SampleDataset (Join-Path $TestDrive 'photos') -Count 10 -Size 24
    $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.3
}

AfterAll {
    $env:PSFINETUNE_WORKSPACE = $before
}

Describe 'A TorchScript program as a backbone' {
    It 'is refused without -AllowCode, wherever it would run' {
        $model = @{ TorchScriptBackbone = @{ InputSize = 32 } }
        { New-FineTunePlan $model -Weights $program -Dataset $data } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        $plan = New-FineTunePlan $model -Weights $program -Dataset $data -Recipe HeadOnly -Epochs 1 -Threads 1 -AllowCode -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike "*is a TorchScript program, SHA-256 $($plan.WeightsSha256)*"
        $plan.Model.FeatureCount | Should -Be 8
        { $plan | Invoke-FineTune -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        $run = $plan | Invoke-FineTune -AllowCode -WarningAction SilentlyContinue
        $run.Plan.WeightsSha256 | Should -Be (Get-FileHash $program).Hash

        $package = Join-Path $TestDrive 'net.psft'
        $run | Export-FineTuneModel $package -AllowCode
        $photo = Get-ChildItem (Join-Path $TestDrive 'photos') -Recurse -Filter *.png | Select-Object -First 1
        { Import-FineTuneModel $package -ErrorAction Stop } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        { Invoke-Prediction $photo.FullName -Model $package -ErrorAction Stop } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        (Import-FineTuneModel $package -AllowCode).Model | Should -Be 'TorchScriptBackbone'
        (Invoke-Prediction $photo.FullName -Model $package -AllowCode).Label | Should -BeIn 'hotdog', 'not-hotdog'
    }
}

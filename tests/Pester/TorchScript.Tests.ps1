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
        $run.CodeAllowed | Should -BeTrue
        $run | Format-List | Out-String | Should -Match 'CodeAllowed\s*: True'

        $package = Join-Path $TestDrive 'net.psft'
        $run | Export-FineTuneModel $package -AllowCode
        $photo = Get-ChildItem (Join-Path $TestDrive 'photos') -Recurse -Filter *.png | Select-Object -First 1
        { Import-FineTuneModel $package -ErrorAction Stop } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        { Invoke-Prediction $photo.FullName -Model $package -ErrorAction Stop } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        $opened = Import-FineTuneModel $package -AllowCode
        $opened.Model | Should -Be 'TorchScriptBackbone'
        $opened | Out-String | Should -Match 'HoldsCode\s*: True'
        (Invoke-Prediction $photo.FullName -Model $package -AllowCode).Label | Should -BeIn 'hotdog', 'not-hotdog'
    }

    It 'holds for one cmdlet, and not for those behind it in a pipeline' {
        $model = @{ TorchScriptBackbone = @{ InputSize = 32 } }
        $settings = @{ Weights = $program; Dataset = $data; Recipe = 'HeadOnly'; Epochs = 1; Threads = 1; Seed = 7; WarningAction = 'SilentlyContinue' }
        { New-FineTunePlan $model @settings -AllowCode | Invoke-FineTune } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        { New-FineTunePlan $model @settings -AllowCode | ForEach-Object { New-FineTunePlan $model @settings } } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        $run = New-FineTunePlan $model @settings -AllowCode | Invoke-FineTune -AllowCode
        $run.ExitCode | Should -Be 0
        { $run | Test-FineTuneRun -Reproduce } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        ($run | Test-FineTuneRun -Reproduce -AllowCode).Identical | Should -BeTrue
        ($run.Plan | Invoke-FineTune -AllowCode -AsJob | Receive-Job -Wait -AutoRemoveJob).WeightsHash | Should -Be $run.WeightsHash
    }

    It 'is not asked for where nothing is run' {
        $store = Join-Path $TestDrive 'store'
        $plan = New-FineTunePlan @{ TorchScriptBackbone = @{ InputSize = 32 } } -Weights $program -Dataset $data -Recipe HeadOnly -Epochs 1 -Threads 1 -Seed 8 -AllowCode -WarningAction SilentlyContinue
        $run = $plan | Invoke-FineTune -AllowCode
        $again = $plan | Invoke-FineTune -AllowCode -Epochs 2
        { $run | Publish-FineTuneModel net -Store $store } | Should -Throw -ErrorId 'CodeNotAllowed,*'
        $run, $again | Publish-FineTuneModel net -Store $store -AllowCode
        (Get-PublishedModel net -Store $store).Version | Should -Be 2
        Undo-FineTunePublish net -Store $store
        (Get-PublishedModel net -Store $store).Version | Should -Be 1
        (Get-PublishedModel net -Store $store | Get-ModelLayer fc.weight).Name | Should -Be 'fc.weight'
        $package = Join-Path $TestDrive 'bare.psft'
        $run | Export-FineTuneModel $package -ProbeCount 0
        Test-FineTunePackage $package -Quiet | Should -BeTrue
        Export-FineTuneReport (Join-Path $TestDrive 'net.html') -Model $run -Finding @()
        Get-Content (Join-Path $TestDrive 'net.html') -Raw | Should -Match 'could not be judged'
        Export-FineTuneReport (Join-Path $TestDrive 'net.html') -Model $run -Finding @() -AllowCode -Force
        Get-Content (Join-Path $TestDrive 'net.html') -Raw | Should -Not -Match 'could not be judged'
    }
}

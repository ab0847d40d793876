# Adapter packages: what low-rank adaptation learned, without the weights it is added to.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Adapter packages' {
    BeforeAll {
        $before, $weightsBefore = $env:PSFINETUNE_WORKSPACE, $env:PSFINETUNE_WEIGHTS
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        $env:PSFINETUNE_WEIGHTS = Join-Path $TestDrive 'cache'
        $photos = Join-Path $TestDrive 'photos'
        New-SampleDataset $photos -Count 8 -Size 24
        $data = Import-ImageDataset $photos -ValidationFraction 0.25
        $source = $data | Invoke-FineTune ViTTi16 -Weights Random -ImageSize 32 -Epochs 1 -Threads 1 -Keep Last -WarningAction SilentlyContinue
        $base = Join-Path $TestDrive 'vit base.safetensors'
        Copy-Item (Join-Path (Get-ChildItem (Join-Path $source.Path 'checkpoints') | Select-Object -Last 1).FullName 'model.safetensors') $base
        $run = $data | Invoke-FineTune ViTTi16 -Weights $base -Lora @{ Rank = 8 } -ImageSize 32 -Epochs 1 -Threads 1 -WarningAction SilentlyContinue
        $null = New-Item -ItemType Directory (Join-Path $TestDrive 'apart')
        $adapter = Join-Path $TestDrive 'apart/adapter.psft'
        $run | Export-FineTuneModel $adapter -AdapterOnly
        $photo = (Get-ChildItem $photos -Recurse -Filter *.png | Select-Object -First 1).FullName
        $confidence = (Invoke-Prediction $photo -Model $run).Confidence
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE, $env:PSFINETUNE_WEIGHTS = $before, $weightsBefore
    }

    It 'are small' {
        (Get-Item $adapter).Length | Should -BeLessThan 500000
    }

    It 'need the weights they are added to' {
        { Invoke-Prediction $photo -Model $adapter } | Should -Throw '*vit base.safetensors*' -ErrorId 'NoBaseWeights,PSFineTune.Cmdlets.InvokePredictionCommand'
        { Import-FineTuneModel $adapter -ErrorAction Stop } | Should -Throw -ErrorId 'NoBaseWeights,*'
        $check = Test-FineTunePackage $adapter
        $check.Accepted | Should -BeFalse
        $check.ErrorId | Should -Be 'NoBaseWeights'
    }

    It 'predict as the run did, with weights that are given' {
        [Math]::Abs((Invoke-Prediction $photo -Model $adapter -BaseWeights $base).Confidence - $confidence) | Should -BeLessThan 1e-5
        $model = Import-FineTuneModel $adapter -BaseWeights $base
        $model.Base.FileName | Should -Be 'vit base.safetensors'
        [Math]::Abs((Invoke-Prediction $photo -Model $model).Confidence - $confidence) | Should -BeLessThan 1e-5
        Test-FineTunePackage $adapter -BaseWeights $base -Quiet | Should -BeTrue
    }

    It 'are found their weights in the folder of saved weights' {
        $folder = Join-Path $env:PSFINETUNE_WEIGHTS 'vit'
        $null = New-Item -ItemType Directory $folder
        Copy-Item $base (Join-Path $folder 'model.safetensors')
        [Math]::Abs((Invoke-Prediction $photo -Model $adapter).Confidence - $confidence) | Should -BeLessThan 1e-5
        Remove-Item $folder -Recurse
    }

    It 'are made whole, and only then published' {
        { Publish-FineTuneModel small -Model $adapter -Store (Join-Path $TestDrive 'store') } | Should -Throw -ErrorId 'NoBaseWeights,*'
        $whole = Join-Path $TestDrive 'whole.psft'
        Export-FineTuneModel $whole -Model $adapter -BaseWeights $base
        { Export-FineTuneModel (Join-Path $TestDrive 'not.psft') -Model $whole -AdapterOnly } | Should -Throw -ErrorId 'NoAdapter,*'
        (Publish-FineTuneModel small -Model $whole -Store (Join-Path $TestDrive 'store')).Version | Should -Be 1
        Copy-Item $base (Join-Path $TestDrive 'apart')
        { Publish-FineTuneModel small -Model $adapter -Store (Join-Path $TestDrive 'store') } | Should -Throw -ErrorId 'AdapterPublished,*'
    }
}

# Judging and predicting over several views of an image.
BeforeAll {
    Import-Module PSFineTune
}

Describe '-TestTimeAugmentation' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 12 -Size 24
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.3
        $augment = New-AugmentPipeline -Preset Tutorial
        $run = New-FineTunePlan ResNet20 -Dataset $data -Augment $augment -ImageSize 16 -Epochs 1 -Threads 1 | Invoke-FineTune
        $photos = (Get-ChildItem (Join-Path $TestDrive 'photos/hotdog') -Filter *.png | Select-Object -First 4).FullName
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'changes nothing with <_>' -ForEach 0, 1 {
        ($run | Measure-FineTuneModel -TestTimeAugmentation $_).LogLoss | Should -Be ($run | Measure-FineTuneModel).LogLoss
        (Invoke-Prediction $photos -Model $run -TestTimeAugmentation $_).Confidence | Should -Be (Invoke-Prediction $photos -Model $run).Confidence
    }

    It 'says in the evaluation how many views were averaged' {
        ($run | Measure-FineTuneModel).TestTimeAugmentation | Should -BeNullOrEmpty
        ($run | Measure-FineTuneModel -TestTimeAugmentation 2).TestTimeAugmentation.Views | Should -Be 2
        ($run | Measure-FineTuneModel -TestTimeAugmentation 3).TestTimeAugmentation.Augment.Ops.Count | Should -Be $augment.Ops.Count
        ($run | Measure-FineTuneModel -TestTimeAugmentation $augment).TestTimeAugmentation.Views | Should -Be 5
        ($run | Measure-FineTuneModel -TestTimeAugmentation Tutorial).TestTimeAugmentation.Views | Should -Be 5
        ($run | Measure-FineTuneModel -TestTimeAugmentation @{ Views = 8; Augment = $augment }).TestTimeAugmentation.Views | Should -Be 8
    }

    It 'gives the same for the same pictures, in whatever order' {
        $there = Invoke-Prediction $photos -Model $run -TestTimeAugmentation $augment
        $back = Invoke-Prediction $photos[3..0] -Model $run -TestTimeAugmentation $augment
        $back[3..0].Confidence | Should -Be $there.Confidence
    }

    It 'refuses <_>' -ForEach -1, 65 {
        { $run | Measure-FineTuneModel -TestTimeAugmentation $_ } | Should -Throw -ErrorId 'BadPlanSetting*'
    }
}

# A run checked on the disk, and trained again.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Test-FineTuneRun' {
    BeforeAll {
        $workspace = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 12 -Size 24
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.3 -Workspace $workspace
        $run = New-FineTunePlan ResNet20 -Dataset $data -Recipe Tutorial -ImageSize 16 -Epochs 2 -Threads 1 -BatchSize 4 | Invoke-FineTune -Workspace $workspace
    }

    It 'finds a run intact, by record, id and folder' {
        $check = $run | Test-FineTuneRun
        $check | Should -BeOfType ([PSFineTune.Training.RunCheck])
        $check.Intact | Should -BeTrue
        $check.Findings | Should -BeNullOrEmpty
        $check.Run | Should -Be $run.Id
        Test-FineTuneRun $run.Id -Workspace $workspace -Quiet | Should -BeTrue
        Test-FineTuneRun $run.Path -Workspace $workspace -Quiet | Should -BeTrue
        { Test-FineTuneRun 'none' -Workspace $workspace } | Should -Throw -ErrorId 'NoSuchRun*'
    }

    It 'trains it again to the same bits and leaves nothing' {
        $again = $run | Test-FineTuneRun -Reproduce
        $again.Identical | Should -BeTrue
        $again.FirstDifferentStep | Should -BeNullOrEmpty
        $again.ReproducedWeightsHash | Should -Be $again.WeightsHash
        $run | Test-FineTuneRun -Reproduce -Quiet | Should -BeTrue
        @(Get-ChildItem (Join-Path $workspace 'runs')).Name | Should -Be $run.Id
    }

    It 'says what is damaged and what to do' {
        Get-ChildItem $run.Path -Recurse -Filter position.json | ForEach-Object { Set-Content $_.FullName '{}' }
        $check = $run | Test-FineTuneRun
        $check.Intact | Should -BeFalse
        $check.Findings.Rule | Should -Contain 'Checkpoint'
        $check.Findings[0].Severity | Should -Be 'Error'
        $check.Findings[0].Action | Should -Not -BeNullOrEmpty
        $run | Test-FineTuneRun -Quiet | Should -BeFalse
    }
}

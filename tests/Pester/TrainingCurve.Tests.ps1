# Curves of runs, a run watched, and event files for TensorBoard.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Curves of runs' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 12 -Size 24
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.3
        $plan = New-FineTunePlan ResNet20 -Dataset $data -Recipe Tutorial -ImageSize 16 -Epochs 2 -Threads 1 -BatchSize 8
        $run = $plan | Invoke-FineTune -TensorBoard
        $other = $plan | Invoke-FineTune -Seed 7
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    Context 'Show-TrainingCurve' {
        It 'writes <Name>' -ForEach @(
            @{ Name = 'curves.png'; Start = 0x89, 0x50 }
            @{ Name = 'curves.jpg'; Start = 0xFF, 0xD8 }
            @{ Name = 'curves.html'; Start = 0x3C, 0x21 }
        ) {
            $file = $run, $other | Show-TrainingCurve -Path (Join-Path $TestDrive $Name) -PassThru
            $file | Should -BeOfType ([System.IO.FileInfo])
            [System.IO.File]::ReadAllBytes($file.FullName)[0, 1] | Should -Be $Start
        }

        It 'takes records, ids and folders' {
            $page = Join-Path $TestDrive 'all.html'
            Show-TrainingCurve $run, $other.Id, $run.Path -Path $page | Should -BeNullOrEmpty
            [System.IO.File]::ReadAllText($page) | Should -Match '3 runs'
            Get-Item $run.Path | Show-TrainingCurve -Path $page
            [System.IO.File]::ReadAllText($page) | Should -Match $run.Id
        }

        It 'writes nothing with -WhatIf, and no ending that it does not know' {
            $run | Show-TrainingCurve -Path (Join-Path $TestDrive 'none.png') -WhatIf
            Join-Path $TestDrive 'none.png' | Should -Not -Exist
            { $run | Show-TrainingCurve -Path (Join-Path $TestDrive 'none.pdf') } | Should -Throw -ErrorId 'UnknownPictureFormat*'
            { Show-TrainingCurve nothing } | Should -Throw -ErrorId 'NoSuchRun*'
        }
    }

    Context 'Watch-FineTune' {
        It 'returns the record of a run that has ended' {
            (Watch-FineTune $run).Id | Should -Be $run.Id
            (Watch-FineTune $other.Id).WeightsHash | Should -Be $other.WeightsHash
            (Watch-FineTune).Id | Should -Be $other.Id
            { Watch-FineTune -Workspace (Join-Path $TestDrive 'empty') } | Should -Throw -ErrorId 'NoRuns*'
        }

        It 'says that a run was killed' {
            $place = Join-Path $TestDrive 'killed/runs/20260101-000000000-dead'
            $null = New-Item -ItemType Directory $place -Force
            Set-Content (Join-Path $place 'record.json') '{ "schemaVersion": 1, "id": "20260101-000000000-dead" }'
            $sign = '{ "epoch": 1, "epochs": 3, "processId": 2147480000, "machineName": "' + [System.Environment]::MachineName + '", "at": "2026-01-01T00:00:00+00:00" }'
            Set-Content (Join-Path $place 'progress.json') $sign
            $record = Watch-FineTune -Workspace (Join-Path $TestDrive 'killed') -WarningVariable said -WarningAction SilentlyContinue
            $record.Finished | Should -BeNullOrEmpty
            "$said" | Should -Match 'killed'
        }
    }

    Context 'Invoke-FineTune -TensorBoard' {
        It 'leaves an event file, and only where it is asked to' {
            @(Get-ChildItem (Join-Path $run.Path 'tensorboard') -Filter 'events.out.tfevents.*').Count | Should -Be 1
            Join-Path $other.Path 'tensorboard' | Should -Not -Exist
        }

        It 'changes no weights' {
            ($plan | Invoke-FineTune).WeightsHash | Should -Be $run.WeightsHash
        }
    }
}

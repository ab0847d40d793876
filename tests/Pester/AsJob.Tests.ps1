# Invoke-FineTune -AsJob: a job as Start-Job's are, in this process.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Invoke-FineTune -AsJob' {
    BeforeAll {
        $workspace = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 12 -Size 24
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.3 -Workspace $workspace
        $plan = New-FineTunePlan ResNet20 -Dataset $data -Recipe Tutorial -ImageSize 16 -Epochs 2 -Threads 1 -BatchSize 4
        $foreground = $plan | Invoke-FineTune -Workspace $workspace
        # Goes on until it is stopped.
        $long = New-FineTunePlan ResNet20 -Dataset $data -Recipe Tutorial -ImageSize 16 -Epochs 100000 -Threads 1 -BatchSize 4

        # The first step of a run takes the job a moment.
        function Wait-Step {
            param($Job)
            foreach ($try in 1..600) {
                if ($Job.StatusMessage -like 'epoch *' -or $Job.State -in 'Failed', 'Completed', 'Stopped') { return }
                [System.Threading.Thread]::Sleep(100)
            }
        }
    }

    AfterAll {
        Get-Job | Where-Object Name -Like 'FineTune*' | Remove-Job -Force
    }

    It 'returns a running job at once, and its record as its output' {
        $job = $plan | Invoke-FineTune -Workspace $workspace -AsJob
        $job | Should -BeOfType ([System.Management.Automation.Job])
        $job.PSJobTypeName | Should -Be 'FineTuneJob'
        (Get-Job -Id $job.Id).InstanceId | Should -Be $job.InstanceId
        ($job | Wait-Job).State | Should -Be 'Completed'
        $job.StatusMessage | Should -Be 'done'
        $job.Progress.Count | Should -BeGreaterThan 0
        $record = @($job | Receive-Job)
        $record.Count | Should -Be 1
        $record[0] | Should -BeOfType ([PSFineTune.Training.RunRecord])
        $record[0].WeightsHash | Should -Be $foreground.WeightsHash
        $job | Receive-Job | Should -BeNullOrEmpty
        Remove-Job $job
        Get-Job | Where-Object Id -EQ $job.Id | Should -BeNullOrEmpty
    }

    It 'waits with Receive-Job -Wait -AutoRemoveJob' {
        $job = $plan | Invoke-FineTune -Workspace $workspace -AsJob
        ($job | Receive-Job -Wait -AutoRemoveJob).WeightsHash | Should -Be $foreground.WeightsHash
        Get-Job | Where-Object Id -EQ $job.Id | Should -BeNullOrEmpty
    }

    It 'says on the streams of the job what a cmdlet says on its own' {
        $job = $plan | Invoke-FineTune -Workspace $workspace -AsJob | Wait-Job
        @($job.Verbose | Where-Object Message -Like 'epoch *').Count | Should -Be 2
        ($job.Information | Where-Object Tags -Contains 'Epoch').MessageData.Epoch | Should -Be 1, 2
        $said = $job | Receive-Job -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        @($said | Where-Object Message -Like 'epoch *').Count | Should -Be 2
        Remove-Job $job
    }

    It 'stops within a step, leaves a checkpoint, and -Resume goes on from it' {
        $job = $long | Invoke-FineTune -Workspace $workspace -AsJob
        Wait-Step $job
        Stop-Job $job
        $job.State | Should -Be 'Stopped'
        $stopped = Get-FineTuneRun -Workspace $workspace -First 1
        $stopped.ExitCode | Should -Be 130
        Join-Path $stopped.Path 'checkpoints' | Should -Exist
        Remove-Job $job
        $again = $long | Invoke-FineTune -Workspace $workspace -AsJob -Resume
        Wait-Step $again
        Remove-Job $again -Force
        $resumed = Get-FineTuneRun -Workspace $workspace -First 1
        $resumed.Id | Should -Be $stopped.Id
        $resumed.Resumes | Should -Be 1
    }

    It 'lets one training at a time into the process, and says so in the second job' {
        $first = $long | Invoke-FineTune -Workspace $workspace -AsJob
        Wait-Step $first
        $second = $plan | Invoke-FineTune -Workspace $workspace -AsJob | Wait-Job
        $second.State | Should -Be 'Failed'
        $second.Error[0].FullyQualifiedErrorId | Should -BeLike 'ResourceBusy*'
        $second.Error[0].CategoryInfo.Category | Should -Be 'ResourceBusy'
        $second.Error[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $null = $second | Receive-Job -ErrorAction SilentlyContinue -ErrorVariable wrong
        $wrong.Count | Should -Be 1
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'ResourceBusy*'
        Stop-Job $first
        Remove-Job $first, $second
    }

    It 'refuses a bad plan in the foreground, before there is a job' {
        $before = @(Get-Job).Count
        { $plan | Invoke-FineTune -LearningRate 0 -AsJob } | Should -Throw -ErrorId 'BadPlanSetting*'
        { $plan | Invoke-FineTune -CheckpointSteps -1 -AsJob } | Should -Throw -ErrorId 'BadPlanSetting*'
        { $data | Invoke-FineTune ResNet20 -BatchSize 1000 -AsJob } | Should -Throw -ErrorId 'BadPlanSetting*'
        ($plan | Invoke-FineTune -AsJob -WhatIf).GetType().Name | Should -Be 'PlanEstimate'
        @(Get-Job).Count | Should -Be $before
    }

    It 'takes a relative workspace from where the session was' {
        Push-Location $TestDrive
        try {
            $job = $plan | Invoke-FineTune -Epochs 1 -Workspace ./relative -AsJob
        }
        finally {
            Pop-Location
        }
        $record = $job | Receive-Job -Wait
        $record.Path | Should -BeLike (Join-Path $TestDrive 'relative*')
        Remove-Job $job
    }
}

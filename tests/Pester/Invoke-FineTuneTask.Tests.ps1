# A task as an operator types it: its outcome, one line of JSON, -WhatIf, force with a reason, and a lock that is held.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Invoke-FineTuneTask' {
    BeforeAll {
        New-SampleDataset (Join-Path $TestDrive 'desk') -Kind Tickets -Count 200 -Seed 1
        $settings = Join-Path $TestDrive 'it''s nightly.json'
        Set-Content $settings '{ "name": "desk", "workspace": "ws", "data": { "path": "desk/tickets.csv", "textColumn": "body", "labelColumn": "queue" },
            "audit": { "onFinding": "Warn" }, "plan": { "model": "LinearSvm" }, "report": { "skip": true }, "notify": { "skip": true } }'
        $workspace = Join-Path $TestDrive 'ws'
    }

    It 'says with -WhatIf what each stage would do, and writes nothing' {
        $checks = Invoke-FineTuneTask $settings -WhatIf
        $checks | Should -BeOfType ([PSFineTune.Tasks.TaskCheck])
        $checks.Stage | Should -Contain 'Publish'
        $workspace | Should -Not -Exist
    }

    It 'writes one outcome, and another night one line of JSON' {
        $outcome = Invoke-FineTuneTask $settings
        @($outcome).Count | Should -Be 1
        $outcome.Result | Should -Be 'Published' -Because $outcome.Reason
        $outcome.ExitCode | Should -Be 0
        $outcome.Stages.Stage | Should -Be 'Lock', 'Audit', 'Drift', 'Plan', 'Train', 'Measure', 'Compare', 'Publish', 'Ledger', 'Report', 'Notify'
        $line = Get-Item $settings | Invoke-FineTuneTask -JsonLine -WarningAction SilentlyContinue
        $line | Should -BeOfType ([string])
        $line | Should -Not -Match "`n"
        $night = $line | ConvertFrom-Json
        $night.result | Should -Be 'Held'
        $night.exitCode | Should -Be 10
    }

    It 'forces with a reason alone' {
        { Invoke-FineTuneTask $settings -Force } | Should -Throw -ErrorId 'ForceWithoutReason*'
    }

    It 'ends with 30 where it runs already, whatever the settings say' {
        $lock = [System.IO.File]::Open((Join-Path $workspace 'tasks/desk/task.lock'), 'Open', 'ReadWrite', 'None')
        try {
            (Invoke-FineTuneTask $settings -IfLocked Skip -WarningAction SilentlyContinue).ExitCode | Should -Be 30
            (Invoke-FineTuneTask $settings -IfLocked Fail -WarningAction SilentlyContinue).ErrorId | Should -Be 'Locked'
        }
        finally {
            $lock.Dispose()
        }
    }

    It 'has an outcome for settings that are wrong, too' {
        $bad = Join-Path $TestDrive 'bad.json'
        Set-Content $bad '{ "name": "desk", "nam": 1 }'
        $outcome = Invoke-FineTuneTask $bad -WarningAction SilentlyContinue
        $outcome.ExitCode | Should -Be 50
        $outcome.ErrorId | Should -Be 'BadTask'
        Test-FineTuneTask $bad -Quiet | Should -BeFalse
        Test-FineTuneTask $settings -Quiet | Should -BeTrue
    }
}

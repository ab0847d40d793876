# Tasks in the schedulers of this machine: its units folder and crontab are stand-ins in the test's own folder.
BeforeDiscovery {
    $windows = [System.Environment]::OSVersion.Platform -eq 'Win32NT'
}

BeforeAll {
    Import-Module PSFineTune
}

Describe 'Register-FineTuneTask' {
    BeforeAll {
        $before = $env:PATH, $env:XDG_CONFIG_HOME, $env:PSFINETUNE_WORKSPACE, $env:LOCALAPPDATA
        $env:LOCALAPPDATA = Join-Path $TestDrive 'data'
        $tools = Join-Path $TestDrive 'tools'
        $null = New-Item -ItemType Directory $tools
        $env:PATH = $tools + [System.IO.Path]::PathSeparator + $env:PATH
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'config'
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'work space'
        $env:PSFINETUNE_TEST_CRONTAB = Join-Path $TestDrive 'crontab.txt'
        $units = Join-Path $env:XDG_CONFIG_HOME 'systemd' 'user'
        $pwsh = Join-Path $tools 'pwsh'
        foreach ($tool in 'pwsh', 'systemctl') { Set-Content (Join-Path $tools $tool) '#!/bin/sh' }
        Set-Content (Join-Path $tools 'crontab') '#!/bin/sh', 'case "$1" in',
            '-l) if [ -f "$PSFINETUNE_TEST_CRONTAB" ]; then cat "$PSFINETUNE_TEST_CRONTAB"; else echo "no crontab for me" >&2; exit 1; fi ;;',
            '-r) rm "$PSFINETUNE_TEST_CRONTAB" ;;', '-) cat > "$PSFINETUNE_TEST_CRONTAB" ;;', 'esac'
        if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') {
            foreach ($tool in 'pwsh', 'crontab', 'systemctl') { [System.IO.File]::SetUnixFileMode((Join-Path $tools $tool), 'UserRead, UserWrite, UserExecute') }
        }
        $settings = Join-Path $TestDrive 'nightly run.json'
        Set-Content $settings '{ "Name": "nightly" }'
    }

    AfterAll {
        $env:PATH, $env:XDG_CONFIG_HOME, $env:PSFINETUNE_WORKSPACE, $env:LOCALAPPDATA = $before
        $env:PSFINETUNE_TEST_CRONTAB = $null
    }

    It 'shows to the letter what it would write, and writes nothing' {
        $task = Register-FineTuneTask $settings -At 02:30 -DaysOfWeek Monday, Friday -Kind SystemdUser -PowerShellPath $pwsh -WhatIf
        $task | Should -BeOfType ([PSFineTune.Scheduling.ScheduledTask])
        $task.Name | Should -Be 'nightly'
        $task.Registered | Should -BeFalse
        $task.NextRun | Should -BeNullOrEmpty
        $task.Schedule | Should -Be 'Monday, Friday at 02:30'
        $task.Path | Should -Be $settings
        $task.Definition | Should -Match 'OnCalendar=Mon,Fri \*-\*-\* 02:30:00'
        $task.Definition | Should -Match 'PSFINETUNE_WORKSPACE='
        $task.Command | Should -Match "^\`$ErrorActionPreference = 'Stop'; Import-Module '.*PSFineTune\.psd1'; exit \(Invoke-FineTuneTask -Path '.*nightly run\.json' -SetExitCode\)\.ExitCode$"
        Test-Path $units | Should -BeFalse
    }

    It 'writes units, lists them, and takes them away' {
        $task = Register-FineTuneTask $settings -At 02:30 -Kind SystemdUser -PowerShellPath $pwsh -WarningAction SilentlyContinue
        $task.Files.Count | Should -Be 2
        foreach ($file in $task.Files) { Test-Path $file | Should -BeTrue }
        $time = (Get-Item $task.Files[0]).LastWriteTimeUtc
        @(Get-FineTuneTask night* -Kind SystemdUser).Name | Should -Be 'nightly'
        (Get-FineTuneTask nightly -Kind SystemdUser).Definition | Should -Be $task.Definition
        Get-FineTuneTask | Out-String | Should -Match 'nightly +SystemdUser'
        Unregister-FineTuneTask nightly -Kind SystemdUser -WhatIf
        Test-Path $task.Files[0] | Should -BeTrue
        Get-FineTuneTask nightly | Unregister-FineTuneTask -WarningAction SilentlyContinue
        Get-FineTuneTask -Kind SystemdUser | Should -BeNullOrEmpty
        Test-Path $task.Files[0] | Should -BeFalse
        { Unregister-FineTuneTask nightly -Kind SystemdUser -ErrorAction Stop } | Should -Throw -ErrorId 'NoSuchTask*'
        { Get-FineTuneTask nightly -Kind SystemdUser -ErrorAction Stop } | Should -Throw -ErrorId 'NoSuchTask*'
    }

    It 'adds a block to the crontab and leaves the rest' -Skip:$windows {
        Set-Content $env:PSFINETUNE_TEST_CRONTAB '# mine', '5 * * * * /bin/true'
        $first = Get-Content $env:PSFINETUNE_TEST_CRONTAB -Raw
        $task = Register-FineTuneTask $settings -At 00:15 -EveryHours 6 -Kind Cron -PowerShellPath $pwsh -WarningVariable said -WarningAction SilentlyContinue
        $task.Registered | Should -BeTrue
        $task.NextRun | Should -BeGreaterThan ([DateTimeOffset]::Now)
        "$said" | Should -Match 'missed'
        $once = Get-Content $env:PSFINETUNE_TEST_CRONTAB -Raw
        $once | Should -BeLike "$first*"
        $once | Should -Match '15 0,6,12,18 \* \* \* PSFINETUNE_WORKSPACE='
        $null = Register-FineTuneTask $settings -At 00:15 -EveryHours 6 -Kind Cron -PowerShellPath $pwsh
        Get-Content $env:PSFINETUNE_TEST_CRONTAB -Raw | Should -Be $once
        { Register-FineTuneTask $settings -At 02:30 -Kind SystemdUser -PowerShellPath $pwsh } | Should -Throw -ErrorId 'TaskElsewhere*'
        Unregister-FineTuneTask nightly
        Get-Content $env:PSFINETUNE_TEST_CRONTAB -Raw | Should -Be $first
    }

    It 'tells of a task whose program or module is gone' {
        $other = Join-Path $tools 'pwsh-old'
        Set-Content $other '#!/bin/sh'
        (Register-FineTuneTask $settings -At 02:30 -Kind SystemdUser -PowerShellPath $other -WarningAction SilentlyContinue).Missing | Should -BeNullOrEmpty
        Get-FineTuneTask nightly -WarningVariable none -WarningAction SilentlyContinue | Out-String | Should -Not -Match 'broken'
        $none | Should -BeNullOrEmpty
        Remove-Item $other
        $task = Get-FineTuneTask nightly -WarningVariable said -WarningAction SilentlyContinue
        $task.Missing | Should -Be $other
        "$said" | Should -Match 'pwsh-old.*Register-FineTuneTask'
        $task | Out-String | Should -Match 'nightly +SystemdUser +broken'
        Unregister-FineTuneTask nightly -WarningAction SilentlyContinue
    }

    It 'says what is wrong' {
        { Register-FineTuneTask (Join-Path $TestDrive 'none.json') -At 02:30 -PowerShellPath $pwsh } | Should -Throw -ErrorId 'NoTaskSettings*'
        { Register-FineTuneTask $settings -At 26:30 -PowerShellPath $pwsh } | Should -Throw
        { Register-FineTuneTask $settings -At 02:30 -EveryHours 5 -PowerShellPath $pwsh -Kind SystemdUser } | Should -Throw -ErrorId 'BadSchedule*'
        { Register-FineTuneTask $settings -At 02:30 -PowerShellPath (Join-Path $tools 'none') -Kind SystemdUser } | Should -Throw -ErrorId 'NoPowerShell*'
        { Register-FineTuneTask $settings -At 02:30 -PowerShellPath $pwsh -Kind Cron -TimeLimit 06:00 } | Should -Throw -ErrorId 'CannotSchedule*'
        { Register-FineTuneTask $settings -At 02:30 -PowerShellPath $pwsh -Kind Launchd } | Should -Throw
    }
}

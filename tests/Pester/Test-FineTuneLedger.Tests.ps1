# The ledger of a workspace: who ran what, and whether it is still what was written.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'The ledger' {
    BeforeAll {
        $workspace = Join-Path $TestDrive 'workspace'
        $ledger = Join-Path $workspace 'ledger.jsonl'
        Set-Content (Join-Path $TestDrive 'tickets.csv') (@('text,label') + (1..24 | ForEach-Object { "ticket number $_ about $(('printers', 'mail')[$_ % 2]),$(('hardware', 'software')[$_ % 2])" }))
        $data = Import-TextDataset (Join-Path $TestDrive 'tickets.csv') -Workspace $workspace
        $runs = foreach ($seed in 1..3) { $data | Invoke-FineTune LinearSvm -Seed $seed -Workspace $workspace }
    }

    It 'has an entry for each run, the newest first, with the script that ran it' {
        $entries = @(Get-FineTuneLedger -Workspace $workspace)
        $entries.Sequence | Should -Be 3, 2, 1
        $entries.RunId | Should -Be $runs[2].Id, $runs[1].Id, $runs[0].Id
        $entries[0] | Should -BeOfType ([PSFineTune.Ledger.LedgerEntry])
        $entries[0].Event | Should -Be 'Run'
        $entries[0].ExitCode | Should -Be 0
        $entries[0].Script | Should -BeLike '*Test-FineTuneLedger.Tests.ps1'
        $entries[0].ScriptHash | Should -Be (Get-FileHash $entries[0].Script).Hash.ToLowerInvariant()
        $entries[0].Metrics.Accuracy | Should -Be $runs[2].Accuracy
        ($entries[0].Plan | ConvertFrom-Json).seed | Should -Be 3
    }

    It 'pages and filters' {
        (Get-FineTuneLedger -Workspace $workspace -Skip 1 -First 1).Sequence | Should -Be 2
        (Get-FineTuneLedger $ledger -IncludeTotalCount -First 1)[0].ToString() | Should -Match '3'
        @(Get-FineTuneLedger $ledger -Event Ru* -Since (Get-Date).AddDays(-1)).Count | Should -Be 3
        Get-FineTuneLedger $ledger -Event Publish | Should -BeNullOrEmpty
        Get-FineTuneLedger $ledger -Task nightly | Should -BeNullOrEmpty
        Get-FineTuneLedger $ledger -Since (Get-Date).AddDays(1) | Should -BeNullOrEmpty
        Get-FineTuneLedger -Workspace (Join-Path $TestDrive 'none') | Should -BeNullOrEmpty
        { Get-FineTuneLedger (Join-Path $TestDrive 'none.jsonl') -ErrorAction Stop } | Should -Throw -ErrorId 'NoLedger*'
    }

    It 'is whole, and knows a head that was kept' {
        $check = Test-FineTuneLedger -Workspace $workspace
        $check.IsWhole | Should -BeTrue
        $check.Entries | Should -Be 3
        $check.Problems | Should -BeNullOrEmpty
        (Test-FineTuneLedger $ledger -ExpectedHead $check.Head).ExpectedLine | Should -Be 3
        Test-FineTuneLedger $ledger -Quiet | Should -BeTrue
        Test-FineTuneLedger $ledger -Quiet -ExpectedHead ('0' * 64) | Should -BeFalse
        { Test-FineTuneLedger $ledger -ExpectedHead '' } | Should -Throw
        { Test-FineTuneLedger -Workspace (Join-Path $TestDrive 'none') } | Should -Throw -ErrorId 'NoLedger*'
    }

    It 'shows itself in a table and a check as a list' {
        $table = Get-FineTuneLedger -Workspace $workspace | Out-String
        $table | Should -Match 'Sequence +Time \(UTC\) +Event'
        Test-FineTuneLedger $ledger | Out-String | Should -Match 'IsWhole *: True'
    }

    It 'lists a run whose folder is gone where it is asked to' {
        Remove-Item $runs[0].Path -Recurse
        @(Get-FineTuneRun -Workspace $workspace).Id | Should -Be $runs[2].Id, $runs[1].Id
        $all = @(Get-FineTuneRun -Workspace $workspace -IncludeRemoved)
        $all.Id | Should -Be $runs[2].Id, $runs[1].Id, $runs[0].Id
        $all[2].Path | Should -BeNullOrEmpty
        $all[2].WeightsHash | Should -Be $runs[0].WeightsHash
        (Get-FineTuneRun -Workspace $workspace -IncludeRemoved -Skip 2 -First 1).Id | Should -Be $runs[0].Id
        (Get-FineTuneRun $runs[0].Id -Workspace $workspace -IncludeRemoved).ExitCode | Should -Be 0
        { Get-FineTuneRun $runs[0].Id -Workspace $workspace -ErrorAction Stop } | Should -Throw -ErrorId 'NoSuchRun*'
    }

    It 'says what was changed' {
        $text = [System.IO.File]::ReadAllText($ledger)
        [System.IO.File]::WriteAllText($ledger, $text.Replace('"seed":2,"metrics"', '"seed":9,"metrics"'))
        $check = Test-FineTuneLedger $ledger
        $check.IsWhole | Should -BeFalse
        $check.Problems[0].Kind | Should -Be 'Edited'
        $check.Problems[0].Line | Should -Be 2
        [System.IO.File]::WriteAllText($ledger, $text)
    }

    It 'loses no run where it cannot be written' {
        Remove-Item (Join-Path $workspace 'ledger.head')
        $run = $data | Invoke-FineTune LinearSvm -Seed 4 -Workspace $workspace -WarningVariable said -WarningAction SilentlyContinue
        $run.ExitCode | Should -Be 0
        "$said" | Should -Match 'not in the ledger.*its head is gone'
        @(Get-FineTuneLedger $ledger).Count | Should -Be 3
    }
}

# Whether a new model replaces the one in use: verdicts, pins, uses, force, and what a person sees.
BeforeAll {
    Import-Module PSFineTune
    $before = $env:PSFINETUNE_WORKSPACE
    $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
    $kinds = @{ hardware = 'the printer jams'; billing = 'the invoice is wrong'; access = 'the password is lost' }
    $names = 'access', 'billing', 'hardware'

    # Tickets of numbers, whose classes are told by their words; with -Shift they are labelled with the next class.
    function New-Ticket {
        param($Path, $From, $Count, $Shift = 0)
        $rows = foreach ($i in $From..($From + $Count - 1)) { "`"$($kinds[$names[$i % 3]]), ticket $i`",$($names[($i + $Shift) % 3])" }
        Set-Content $Path (@('body,queue') + $rows)
        $Path
    }

    $good = Import-TextDataset (New-Ticket (Join-Path $TestDrive 'good.csv') 1 90) | Invoke-FineTune LinearSvm
    $bad = Import-TextDataset (New-Ticket (Join-Path $TestDrive 'bad.csv') 1 90 1) | Invoke-FineTune LinearSvm
    $hold = New-Ticket (Join-Path $TestDrive 'hold.csv') 1000 60
    $package = Join-Path $TestDrive 'it''s in use.psft'
    $bad | Export-FineTuneModel $package
}

AfterAll {
    $env:PSFINETUNE_WORKSPACE = $before
}

Describe 'Compare-FineTuneModel' {
    It 'promotes what is better and rejects what is worse, of runs, ids and packages' {
        $found = $good | Compare-FineTuneModel -Champion $package -Path $hold
        $found | Should -BeOfType ([PSFineTune.Comparison.ModelComparison])
        $found.Verdict | Should -Be 'Promote' -Because $found.Reason
        $found.Reason | Should -Match '^The challenger is better: accuracy 1.000 instead of 0.000'
        $found.Challenger.RunId | Should -Be $good.Id
        $found.Champion.Name | Should -Be 'it''s in use.psft'
        $found.Count | Should -Be 60
        $found.Classes.Label | Should -Be $names
        $found.Settings.Level | Should -Be 0.05
        $other = Compare-FineTuneModel $package $good.Id -Path $hold
        $other.Verdict | Should -Be 'Reject'
        $other.Gain | Should -Be (-$found.Gain)
    }

    It 'lets a publish pass only where it promotes this very model, and every decision is in the ledger' {
        $store = Join-Path $TestDrive 'gated'
        $found = $good | Compare-FineTuneModel -Champion $package -Path $hold
        ($good | Publish-FineTuneModel desk -Store $store -Comparison $found).Verdict | Should -Be 'Promote'
        { $bad | Publish-FineTuneModel desk -Store $store -Comparison $found } | Should -Throw -ErrorId 'ComparisonOfAnother*'
        $worse = $bad | Compare-FineTuneModel -Champion $good -Path $hold
        { $bad | Publish-FineTuneModel desk -Store $store -Comparison $worse } | Should -Throw -ErrorId 'NotPromoted*'
        (Get-PublishedModel desk -Store $store).RunId | Should -Be $good.Id
        $forced = $bad | Compare-FineTuneModel -Champion $good -Path $hold -Force -Reason 'the hold-out is wrong'
        $bad | Publish-FineTuneModel desk -Store $store -Comparison $forced | Should -Not -BeNullOrEmpty
        $null = Undo-FineTunePublish desk -Store $store -Reason 'a mistake'
        $last = Get-FineTuneLedger | Select-Object -First 3
        $last.Event | Should -Be 'Undo', 'Publish', 'Force'
        $last.Reason | Should -Be 'a mistake', 'the hold-out is wrong', 'the hold-out is wrong'
        $last[2].Details['Found'] | Should -Be 'Reject'
        Test-FineTuneLedger -Quiet | Should -BeTrue
    }

    It 'answers a script by a Boolean' {
        $good | Compare-FineTuneModel -Champion $bad -Path $hold -Quiet | Should -BeTrue
        $bad | Compare-FineTuneModel -Champion $good -Path $hold -Quiet | Should -BeFalse
        $bad | Compare-FineTuneModel -Champion $good -Path $hold -Quiet | Should -BeOfType ([bool])
    }

    It 'leaves out what a model has learned from, and says so' {
        $mixed = Join-Path $TestDrive 'mixed.csv'
        Set-Content $mixed (@(Get-Content $hold) + @(Get-Content (Join-Path $TestDrive 'good.csv') | Select-Object -Skip 1))
        $found = $good | Compare-FineTuneModel -Champion $package -Path $mixed -WarningVariable warned -WarningAction SilentlyContinue
        ($found.LeftOut.ChampionTraining + $found.LeftOut.ChallengerTraining) | Should -BeGreaterThan 50
        "$warned" | Should -Match 'hold-out samples do not count'
    }

    It 'counts uses of a hold-out, but not those of -WhatIf nor the same pair again' {
        $fresh = New-Ticket (Join-Path $TestDrive 'fresh.csv') 3000 45
        ($good | Compare-FineTuneModel -Champion $bad -Path $fresh -WhatIf).HoldOutUses | Should -Be 0
        ($good | Compare-FineTuneModel -Champion $bad -Path $fresh).HoldOutUses | Should -Be 1
        ($good | Compare-FineTuneModel -Champion $bad -Path $fresh).HoldOutUses | Should -Be 1
        ($bad | Compare-FineTuneModel -Champion $good -Path $fresh -ManyUses 2 -WarningVariable warned -WarningAction SilentlyContinue).HoldOutUses | Should -Be 2
        "$warned" | Should -Match 'has decided on 2 pairs'
    }

    It 'refuses another hold-out than the pinned one' {
        $hash = ($good | Compare-FineTuneModel -Champion $bad -Path $hold -WhatIf).HoldOutHash
        ($good | Compare-FineTuneModel -Champion $bad -Path $hold -HoldOutHash $hash).HoldOutHash | Should -Be $hash
        $other = New-Ticket (Join-Path $TestDrive 'other.csv') 1000 59
        { $good | Compare-FineTuneModel -Champion $bad -Path $other -HoldOutHash $hash } | Should -Throw -ErrorId 'HoldOutChanged*'
    }

    It 'forces with a reason alone, and keeps what was found' {
        { $bad | Compare-FineTuneModel -Champion $good -Path $hold -Force } | Should -Throw -ErrorId 'ForceWithoutReason*'
        { $bad | Compare-FineTuneModel -Champion $good -Path $hold -Reason 'because' } | Should -Throw -ErrorId 'ReasonWithoutForce*'
        $found = $bad | Compare-FineTuneModel -Champion $good -Path $hold -Force -Reason 'The labels were renamed' -WarningAction SilentlyContinue
        $found.Verdict | Should -Be 'Promote'
        $found.Forced | Should -BeTrue
        $found.FoundVerdict | Should -Be 'Reject'
        $found.ForceReason | Should -Be 'The labels were renamed'
    }

    It 'judges the first model by a floor' {
        (Compare-FineTuneModel $good -Path $hold -MinimumMetric 0.9).Verdict | Should -Be 'Promote'
        (Compare-FineTuneModel $bad -Path $hold -MinimumMetric 0.9).Verdict | Should -Be 'Reject'
        (Compare-FineTuneModel $good -Path $hold -WarningVariable warned -WarningAction SilentlyContinue).Champion | Should -BeNullOrEmpty
        "$warned" | Should -Match 'no floor'
    }

    It 'refuses settings that make no sense' {
        { $good | Compare-FineTuneModel -Champion $bad -Path $hold -Level 0 } | Should -Throw -ErrorId 'BadPlanSetting*'
        { $good | Compare-FineTuneModel -Champion $bad -Path $hold -Dataset (Import-TextDataset $hold) } | Should -Throw -ErrorId 'DatasetAndPath*'
        { $good | Compare-FineTuneModel -Champion nothing -Path $hold } | Should -Throw -ErrorId 'NoSuchRun*'
    }

    It 'survives a job and fits 80 columns' {
        $found = $good | Compare-FineTuneModel -Champion $package -Path $hold
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($found, 4))
        # Of an enumeration a serializer keeps the number.
        [PSFineTune.Comparison.PromotionVerdict] $back.Verdict | Should -Be 'Promote'
        $back.Classes[0].DifferenceInterval.Low | Should -Be $found.Classes[0].DifferenceInterval.Low
        $back.Champion.WeightsHash | Should -Be $found.Champion.WeightsHash
        foreach ($shown in ($found | Out-String -Width 79), ($found | Format-Table | Out-String -Width 79), ($found.Classes | Out-String -Width 79), ($found.Challenger | Out-String -Width 79), ($found.McNemar, $found.LeftOut | Out-String -Width 79)) {
            $shown.Trim() | Should -Not -BeNullOrEmpty
            ($shown -split "`r?`n" | ForEach-Object { $_.TrimEnd().Length } | Sort-Object)[-1] | Should -BeLessOrEqual 79
        }
        $found | Out-String -Width 79 | Should -Match 'Verdict +: Promote'
        # 60 samples of 60 tell: no chance is 0.
        $found.PValue | Should -BeLessThan 0.0001
        $found | Out-String -Width 79 | Should -Match 'p < 0\.0001'
        $found.McNemar | Out-String -Width 79 | Should -Match '< 0\.0001'
    }
}

# New samples against those that a model was judged on.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Measure-DataDrift' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 40 -Size 24
        New-SampleDataset (Join-Path $TestDrive 'same') -Count 40 -Size 24 -Seed 11
        New-SampleDataset (Join-Path $TestDrive 'shapes') -Kind Shapes -Count 4 -Size 24
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.4
        $run = New-FineTunePlan ResNet20 -Dataset $data -ImageSize 16 -Epochs 1 -Threads 1 | Invoke-FineTune
        $same = (Get-ChildItem (Join-Path $TestDrive 'same') -Recurse -Filter *.png).FullName
        $null = $same | Invoke-AugmentPipeline -Pipeline (New-AugmentPipeline @{ GaussianNoise = @{ Sigma = 0.5 } }) -Destination (Join-Path $TestDrive 'noisy')
        New-SampleDataset (Join-Path $TestDrive 'desk') -Kind Tickets -Count 60
        New-SampleDataset (Join-Path $TestDrive 'other') -Kind Tickets -Count 60 -Seed 5
        $texts = Import-TextDataset (Join-Path $TestDrive 'desk/tickets.csv')
        $machine = $texts | Invoke-FineTune LinearSvm
        $few = @{ MinimumCount = 20; Permutations = 400; MinimumEffect = 0.05 }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'finds nothing in other pictures of the same kind, by the module''s features' {
        $drift = Measure-DataDrift (Join-Path $TestDrive 'same') -Reference $data @few
        $drift | Should -BeOfType ([PSFineTune.Drift.DataDrift])
        $drift.Verdict | Should -Be 'Stable' -Because $drift.Reason
        $drift.NewCount | Should -Be $same.Count
        $drift.ReferenceCount | Should -Be $data.Count
        $drift.Labels | Should -BeNullOrEmpty
        $drift.Model | Should -BeNullOrEmpty
        $drift.EffectInterval.Low | Should -BeLessThan $drift.Effect
        $drift.EffectInterval.High | Should -BeGreaterThan $drift.Effect
    }

    It 'sees pictures of another kind, which a script can tell' {
        $drift = Measure-DataDrift (Join-Path $TestDrive 'shapes') -Reference $data
        if ($drift.Verdict -eq 'Drifted') { $told = $true }
        $told | Should -BeTrue -Because $drift.Reason
        $drift.PValue | Should -BeLessThan 0.01
        $drift.Farthest.Count | Should -Be 9
        $drift.Farthest[0].Distance | Should -Not -BeLessThan $drift.Farthest[8].Distance
        Test-Path $drift.Farthest[0].Path | Should -BeTrue
    }

    It 'compares by a model with what it did not learn from' {
        $drift = $same | Measure-DataDrift -Model $run @few
        $drift.ReferenceCount | Should -Be ($data.Validation.Count + $data.Test.Count)
        $drift.Model | Should -Be $run.Id
        $drift.Labels.Predicted | Should -BeTrue
        ($drift.Labels.Classes.NewCount | Measure-Object -Sum).Sum | Should -Be $same.Count
        $drift.Farthest[0].Predicted | Should -BeIn $data.Classes
        $drift.Verdict | Should -Not -Be 'Drifted' -Because $drift.Reason
        $other = Measure-DataDrift (Join-Path $TestDrive 'noisy') -Model $run.Id -MinimumCount 20
        $other.Verdict | Should -Be 'Drifted' -Because $other.Reason
    }

    It 'warns where the model has learned from the reference' {
        $null = Measure-DataDrift $same -Model $run -ReferenceSplit Train @few -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -Match 'learned from the samples of Train'
        $null = Measure-DataDrift $same -Model $run @few -WarningVariable none -WarningAction SilentlyContinue
        $none | Should -BeNullOrEmpty
    }

    It 'remembers features, and gives the same again' {
        $first = Measure-DataDrift $same -Model $run @few
        Get-ChildItem (Join-Path $env:PSFINETUNE_WORKSPACE 'cache/features') | Should -Not -BeNullOrEmpty
        $again = Measure-DataDrift $same -Model $run @few
        $again.PValue | Should -Be $first.PValue
        $again.Statistic | Should -Be $first.Statistic
        $again.EffectInterval.High | Should -Be $first.EffectInterval.High
    }

    It 'compares labels where there is no model and both sides have them' {
        $new = Import-ImageDataset (Join-Path $TestDrive 'same') -TestFraction 1
        $drift = Measure-DataDrift -Dataset $new -Reference $data @few
        $drift.Labels.Predicted | Should -BeFalse
        $drift.Labels.PValue | Should -BeGreaterThan 0.05
        $one = $new.Test | Where-Object Label -eq 'hotdog' | Measure-DataDrift -Reference $data @few
        $one.Verdict | Should -Be 'Drifted'
        $one.Reason | Should -Match 'other shares'
        $one.Labels.Classes[0].NewShare | Should -BeIn 0, 1
    }

    It 'makes no verdict of too few, and draws from too many' {
        $drift = $same[0..9] | Measure-DataDrift -Reference $data
        $drift.Verdict | Should -Be 'Inconclusive'
        $drift.Reason | Should -Match '10 new samples are too few'
        $drawn = $same | Measure-DataDrift -Reference $data -MinimumCount 20 -MaximumCount 25 -Permutations 400
        $drawn.NewCount | Should -Be 25
        $drawn.ReferenceCount | Should -Be 25
    }

    It 'goes on past a picture that cannot be read' {
        Set-Content (Join-Path $TestDrive 'broken.png') 'no picture'
        $drift = @($same[0..29]) + (Join-Path $TestDrive 'broken.png') | Measure-DataDrift -Reference $data @few -ErrorVariable wrong -ErrorAction SilentlyContinue
        $drift.NewCount | Should -Be 30
        @($wrong).Count | Should -Be 1
        { Measure-DataDrift (Join-Path $TestDrive 'broken.png') -Reference $data -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NothingNew*'
    }

    It 'takes texts as strings, rows and files, with a model and without' {
        $rows = Import-Csv (Join-Path $TestDrive 'other/tickets.csv')
        $column = $texts.TextColumn
        $drift = $rows | Measure-DataDrift -Property $column -Reference $texts @few
        $drift.Verdict | Should -Be 'Stable' -Because $drift.Reason
        $drift.Farthest[0].Text | Should -Not -BeNullOrEmpty
        $foreign = 1..40 | ForEach-Object { "Der Drucker im Haus Nummer $_ ist kaputt, bitte kommen Sie schnell und sehen Sie nach" }
        (Measure-DataDrift -Text $foreign -Reference $texts @few).Verdict | Should -Be 'Drifted'
        ($foreign | Measure-DataDrift -Model $machine @few).Verdict | Should -Be 'Drifted'
        $null = New-Item -ItemType Directory (Join-Path $TestDrive 'notes')
        1..25 | ForEach-Object { Set-Content (Join-Path $TestDrive "notes/$_.txt") $foreign[$_] }
        $files = Measure-DataDrift (Join-Path $TestDrive 'notes') -Model $machine @few
        $files.NewCount | Should -Be 25
        $files.Farthest[0].Path | Should -Match 'notes'
    }

    It 'goes on past files of texts that cannot be read, and says of each why' {
        $mixed = New-Item -ItemType Directory (Join-Path $TestDrive 'mixed')
        1..30 | ForEach-Object { Set-Content (Join-Path $mixed "$($_.ToString('00')).txt") "The printer of room $_ is out of paper" }
        foreach ($bad in '03', '17') { [System.IO.File]::WriteAllBytes((Join-Path $mixed "$bad.txt"), [byte[]] (0, 1, 2, 0, 255, 0, 0, 0)) }
        $drift = Measure-DataDrift $mixed -Reference $texts @few -ErrorVariable wrong -ErrorAction SilentlyContinue
        $drift.NewCount | Should -Be 28
        @($wrong).Count | Should -Be 2
        "$($wrong[1])" | Should -Match '17.txt'
    }

    It 'refuses what it cannot compare' {
        { Measure-DataDrift $same } | Should -Throw -ErrorId 'NoDriftReference*'
        { Measure-DataDrift -Text 'a text' -Model $run } | Should -Throw -ErrorId 'OtherKindThanReference*'
        { Measure-DataDrift -Dataset $data -Reference $texts } | Should -Throw -ErrorId 'OtherKindThanReference*'
        { Measure-DataDrift $same -Reference $data -Level 0 } | Should -Throw -ErrorId 'BadPlanSetting*'
        { Measure-DataDrift $same -Model $machine -Reference $data } | Should -Throw -ErrorId 'OtherKindOfData*'
    }

    It 'survives a job and fits 80 columns' {
        $drift = Measure-DataDrift $same -Model $run @few
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($drift, 4))
        # Of an enumeration a serializer keeps the number.
        [PSFineTune.Drift.DriftVerdict] $back.Verdict | Should -Be $drift.Verdict
        $back.Labels.Classes[0].Label | Should -Be $drift.Labels.Classes[0].Label
        $back.Farthest[0].Path | Should -Be $drift.Farthest[0].Path
        $shown = $drift | Out-String -Width 80
        $shown | Should -Match 'Verdict'
        $shown -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
        ($drift.Farthest | Out-String -Width 80) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }
}

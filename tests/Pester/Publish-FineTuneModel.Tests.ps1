# A store of models: publish, go back, follow.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Publish-FineTuneModel' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE, $env:PSFINETUNE_STORE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        $env:PSFINETUNE_STORE = ''
        $store = Join-Path $TestDrive 'workspace/store'
        New-SampleDataset (Join-Path $TestDrive 'desk') -Kind Tickets -Count 40
        $texts = Import-TextDataset (Join-Path $TestDrive 'desk/tickets.csv')
        $first = $texts | Invoke-FineTune LinearSvm
        $second = $texts | Invoke-FineTune Svm
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 8 -Size 24
        $pictures = Import-ImageDataset (Join-Path $TestDrive 'photos') | Invoke-FineTune ResNet20 -ImageSize 16 -Epochs 1 -Threads 1
        function Get-Tree { Get-ChildItem $TestDrive -Recurse | Where-Object { -not $_.PSIsContainer } | ForEach-Object { $_.FullName + ' ' + $_.LastWriteTimeUtc.Ticks + ' ' + $_.Length } }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE, $env:PSFINETUNE_STORE = $before
    }

    It 'makes a run the current model of a name, which every cmdlet that takes a model knows' {
        $published = $first | Publish-FineTuneModel Tickets -Reason "the 'first'" -Verdict Promote
        $published | Should -BeOfType ([PSFineTune.Store.PublishedModel])
        $published.Name | Should -Be 'tickets'
        $published.Version | Should -Be 1
        $published.RunId | Should -Be $first.Id
        $published.Path | Should -Exist
        (Get-PublishedModel tickets).Hash | Should -Be $published.Hash
        $said = Invoke-Prediction -Text 'the printer is jammed' -Model store:tickets
        $said.ModelVersion | Should -Be 1
        $said.Label | Should -Be (Invoke-Prediction -Text 'the printer is jammed' -Model $first).Label
        (Invoke-Prediction -Text 'the printer is jammed' -Model $first).ModelVersion | Should -BeNullOrEmpty
        (Measure-FineTuneModel store:tickets -Path (Join-Path $TestDrive 'desk/tickets.csv')).Accuracy | Should -Be ($first | Measure-FineTuneModel -Path (Join-Path $TestDrive 'desk/tickets.csv')).Accuracy
        (Invoke-Prediction -Text 'x' -Model (Get-PublishedModel tickets)).ModelVersion | Should -Be 1
    }

    It 'changes nothing with -WhatIf' {
        $tree = Get-Tree
        $second | Publish-FineTuneModel tickets -WhatIf
        $second | Publish-FineTuneModel new -Store (Join-Path $TestDrive 'none') -WhatIf
        Undo-FineTunePublish tickets -WhatIf
        (Get-Tree) -join "`n" | Should -Be ($tree -join "`n")
    }

    It 'goes back, and says so in the history' {
        $second | Publish-FineTuneModel tickets
        $undone = Undo-FineTunePublish TICKETS -Reason 'worse'
        $undone.Version | Should -Be 1
        $history = Get-PublishedModel tickets -History
        $history.Version | Should -Be 1, 2, 1
        "$($history[0].Action) $($history[0].Reason)" | Should -Be 'Undo worse'
        (Undo-FineTunePublish tickets -Version 2).Version | Should -Be 2
        { Undo-FineTunePublish tickets -Version 7 } | Should -Throw -ErrorId 'NoSuchVersion*'
        ($history | Out-String) | Should -Match 'current'
    }

    It 'takes another store by parameter, by reference and from the pipeline' {
        Push-Location $TestDrive
        try {
            Publish-FineTuneModel desk -Model $first.Id -Store ./shared | Out-Null
            (Invoke-Prediction -Text 'x' -Model store:./shared/desk).ModelVersion | Should -Be 1
            $live = Get-PublishedModel d* -Store ./shared | Publish-FineTuneModel live
            $live.Store | Should -Be (Join-Path $TestDrive 'shared')
            $second | Publish-FineTuneModel live -Store ./shared | Out-Null
            (Get-PublishedModel live -Store ./shared | Undo-FineTunePublish).Version | Should -Be 1
        }
        finally { Pop-Location }
        (Get-PublishedModel).Name | Should -Be 'tickets'
        { Get-PublishedModel desk -ErrorAction Stop } | Should -Throw -ErrorId 'NotPublished*'
        { $first | Publish-FineTuneModel 'a b' } | Should -Throw -ErrorId 'BadModelName*'
        { Invoke-Prediction -Text 'x' -Model store:tickes -ErrorAction Stop } | Should -Throw -ErrorId 'NotPublished*'
    }

    It 'completes the names of a store' {
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput('Undo-FineTunePublish ti', 23, $null).CompletionMatches
        $found.CompletionText | Should -Contain 'tickets'
    }

    # More than two batches of texts.
    It 'turns a prediction that runs over to what is published meanwhile' {
        $null = Undo-FineTunePublish tickets -Version 1
        $said = 1..600 | ForEach-Object {
            if ($_ -eq 300) { $null = Undo-FineTunePublish tickets -Version 2; Start-Sleep -Milliseconds 1200 }
            "the printer in room $_ is jammed"
        } | Invoke-Prediction -Model store:tickets
        $said.Count | Should -Be 600
        $said[0].ModelVersion | Should -Be 1
        $said[599].ModelVersion | Should -Be 2
        $said[0].Label | Should -Be $said[599].Label
    }

    It 'stays with its model where the new one reads something else' {
        $said = 1..600 | ForEach-Object {
            if ($_ -eq 300) { $null = $pictures | Publish-FineTuneModel tickets; Start-Sleep -Milliseconds 1200 }
            "the printer in room $_ is jammed"
        } | Invoke-Prediction -Model store:tickets -WarningVariable warned -WarningAction SilentlyContinue
        $said[599].ModelVersion | Should -Be 2
        @($warned).Count | Should -Be 1
        "$warned" | Should -Match 'reads images'
    }
}

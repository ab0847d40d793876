# What is wrong with data, and data without it.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Test-FineTuneDataset' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        $clean = Join-Path $TestDrive 'clean'
        $photos = Join-Path $TestDrive 'photos'
        foreach ($folder in $clean, $photos) { New-SampleDataset $folder -Count 12 -Size 32 }
        $first = (Get-ChildItem (Join-Path $photos 'hotdog') | Select-Object -First 1).FullName
        Copy-Item $first (Join-Path $photos 'not-hotdog/copy.png')
        Copy-Item $first (Join-Path $photos 'hotdog/zz.png')
        $cut = Join-Path $photos 'hotdog/cut.png'
        [System.IO.File]::WriteAllBytes($cut, [System.IO.File]::ReadAllBytes($first)[0..99])
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'finds nothing in a clean set, given as a folder, a file object or data' {
        Test-FineTuneDataset $clean | Should -BeNullOrEmpty
        Get-Item $clean | Test-FineTuneDataset | Should -BeNullOrEmpty
        $clean | Test-FineTuneDataset | Should -BeNullOrEmpty
        $data = Import-ImageDataset $clean
        $data | Test-FineTuneDataset | Should -BeNullOrEmpty
        Test-FineTuneDataset $data -Quiet | Should -BeTrue
    }

    It 'audits a folder that an import refuses' {
        { Import-ImageDataset $photos } | Should -Throw -ErrorId 'BadImage*'
        $findings = Test-FineTuneDataset $photos
        $findings[0] | Should -BeOfType ([PSFineTune.Audit.AuditFinding])
        $findings.Rule | Should -Be 'ConflictingImageLabel', 'UnreadableImage', 'DuplicateImage'
        ($findings | Where-Object Rule -EQ UnreadableImage).Path | Should -Be $cut
        ($findings | Where-Object Rule -EQ ConflictingImageLabel).RelatedPath | Should -Be $first
    }

    It 'asks only the rules that are named' {
        (Test-FineTuneDataset $photos -Rule Unreadable*, duplicateimage).Rule | Should -Be 'UnreadableImage', 'DuplicateImage'
        { Test-FineTuneDataset $photos -Rule DuplicateImages } | Should -Throw -ErrorId 'UnknownName*'
        (TabExpansion2 'Test-FineTuneDataset . -Rule Dupl').CompletionMatches.CompletionText | Should -Contain 'DuplicateImage'
    }

    It 'tells only what matters enough, or whether anything does' {
        (Test-FineTuneDataset $photos -MinimumSeverity Error).Severity | Should -Be 'Error', 'Error'
        Test-FineTuneDataset $photos -Quiet | Should -BeFalse
        Test-FineTuneDataset $photos -Quiet -Rule DuplicateImage -MinimumSeverity Error | Should -BeTrue
    }

    It 'changes no file' {
        $state = { Get-ChildItem $photos -Recurse -File | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks) $($_.Length)" } }
        $then = & $state
        $null = Test-FineTuneDataset $photos
        & $state | Should -Be $then
    }

    It 'is an error where nothing is' {
        { Test-FineTuneDataset (Join-Path $TestDrive 'none') } | Should -Throw -ErrorId 'DatasetNotFound*'
    }

    It 'is shown in pairs, and broken files are no errors' {
        $path = Join-Path $TestDrive 'findings.png'
        Test-FineTuneDataset $photos | Show-ImageGrid -Path $path -ErrorVariable wrong
        $wrong | Should -BeNullOrEmpty
        $path | Should -Exist
        $list = Join-Path $TestDrive 'shown.csv'
        Test-FineTuneDataset $photos | Export-Csv $list
        Import-Csv $list | Show-ImageGrid -Path $path -PassThru | Should -BeOfType ([System.IO.FileInfo])
        $page = Join-Path $TestDrive 'findings.html'
        Import-Csv $list | Where-Object Rule -EQ DuplicateImage | Show-ImageGrid -Path $page
        [System.IO.File]::ReadAllText($page) | Should -Match '>DuplicateImage: byte by byte a copy of the other\s+hotdog/zz.png</figcaption>'
    }

    It 'shows texts that were found, from a list of findings too' {
        $file = Join-Path $TestDrive 'desk.csv'
        Set-Content $file 'text,label', 'the printer is out of paper,a', '屏幕一直在闪烁,a', 'mouse is gone,b', 'keyboard is gone,b', '屏幕 一直 在闪烁！,b' -Encoding utf8
        $list = Join-Path $TestDrive 'texts.csv'
        $found = Test-FineTuneDataset $file -Rule ConflictingTextLabel
        $found | Export-Csv $list -Encoding utf8
        $page = Join-Path $TestDrive 'texts.html'
        foreach ($given in $found, (Import-Csv $list -Encoding utf8)) {
            $given | Show-ImageGrid -Path $page
            $content = [System.IO.File]::ReadAllText($page)
            $content | Should -Match '>屏幕 一直 在闪烁！</p>'
            $content | Should -Match '>屏幕一直在闪烁</p>'
            $content | Should -Match ">ConflictingTextLabel: labelled &#39;b&#39; here and &#39;a&#39; there\s+desk.csv, line 6</figcaption>"
        }
    }
}

Describe '-Exclude' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        $photos = Join-Path $TestDrive 'photos'
        New-SampleDataset $photos -Count 12 -Size 32
        $first = (Get-ChildItem (Join-Path $photos 'hotdog') | Select-Object -First 1).FullName
        $copy = Join-Path $photos 'hotdog/zz.png'
        Copy-Item $first $copy
        $all = Import-ImageDataset $photos
        $findings = Test-FineTuneDataset $all
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'takes findings, paths and lists of them' {
        $list = Join-Path $TestDrive 'findings.csv'
        $findings | Export-Csv $list
        $lines = Join-Path $TestDrive 'list.txt'
        Set-Content $lines $copy
        $wanted = (Import-ImageDataset $photos -Exclude $findings).Fingerprint
        $wanted | Should -Not -Be $all.Fingerprint
        foreach ($exclude in $copy, 'hotdog/zz.png', (Get-Item $copy), $list, $lines, (Import-Csv $list)) {
            $data = Import-ImageDataset $photos -Exclude $exclude
            $data.Train.Count + $data.Validation.Count | Should -Be 24
            $data.Fingerprint | Should -Be $wanted
            $data.Reference.Exclude | Should -Be 'hotdog/zz.png'
        }
    }

    It 'is part of a plan, of its run, and of what is resumed and reproduced' {
        $plan = $all | New-FineTunePlan ResNet20 -ImageSize 16 -Epochs 1 -Threads 1 -BatchSize 8 -Recipe Tutorial -Exclude $findings
        $plan.Dataset.Exclude | Should -Be 'hotdog/zz.png'
        $run = $plan | Invoke-FineTune
        $run.Plan.Dataset.Exclude | Should -Be 'hotdog/zz.png'
        ($plan | Invoke-FineTune -Resume).Id | Should -Be $run.Id
        ($run | Test-FineTuneRun -Reproduce).Identical | Should -BeTrue
        $other = $all | New-FineTunePlan ResNet20 -ImageSize 16 -Epochs 1 -Threads 1 -BatchSize 8 -Recipe Tutorial | Invoke-FineTune -Exclude $findings
        $other.WeightsHash | Should -Be $run.WeightsHash
        ($all | Invoke-FineTune ResNet20 -ImageSize 16 -Epochs 1 -Threads 1 -BatchSize 8 -Recipe Tutorial -Exclude $copy).WeightsHash | Should -Be $run.WeightsHash
    }

    It 'refuses data that are no longer the plan''s, and leaves out what has broken since' {
        $moving = Join-Path $TestDrive 'moving'
        New-SampleDataset $moving -Count 12 -Size 32
        $plan = Import-ImageDataset $moving | New-FineTunePlan ResNet20 -ImageSize 16 -Epochs 1 -Threads 1 -BatchSize 8 -Recipe Tutorial
        $pictures = (Get-ChildItem (Join-Path $moving 'hotdog')).FullName
        $other = (Get-ChildItem $moving -Directory | Where-Object Name -ne 'hotdog').FullName
        Move-Item $pictures[1] (Join-Path $other 'moved.png')
        { $plan | Invoke-FineTune } | Should -Throw -ErrorId 'DatasetChanged*'
        { $plan | Invoke-FineTune -Exclude $pictures[0] } | Should -Throw -ErrorId 'DatasetChanged*'
        Move-Item (Join-Path $other 'moved.png') $pictures[1]
        Set-Content $pictures[0] 'no picture'
        ($plan | Invoke-FineTune -Exclude $pictures[0] -WarningVariable said -WarningAction SilentlyContinue).Plan.Dataset.Exclude.Count | Should -Be 1
        @($said).Count | Should -Be 1
        "$said" | Should -BeLike '*not known whether anything else changed*'
    }

    It 'warns once of what names nothing, and refuses what lies elsewhere' {
        $null = Import-ImageDataset $photos -Exclude $copy, 'hotdog/none.png', 'hotdog' -WarningVariable said -WarningAction SilentlyContinue
        @($said).Count | Should -Be 1
        "$said" | Should -BeLike '2 of 3 exclusions*'
        { Import-ImageDataset $photos -Exclude (Join-Path $TestDrive 'list.txt'), (Join-Path $TestDrive 'elsewhere.png') } | Should -Throw -ErrorId 'ExcludedOutside*'
        { Import-ImageDataset $photos -Exclude 7.5 } | Should -Throw -ErrorId 'NothingToExclude*'
    }

    It 'leaves no text out for a finding about its class' {
        $file = Join-Path $TestDrive 'rare.csv'
        Set-Content $file (@('text,label') + (1..60 | ForEach-Object { "row number $_,$(if ($_ % 12) { 'often' } else { 'rare' })" }))
        $findings = Test-FineTuneDataset $file
        $findings.Rule | Should -Be 'ClassImbalance'
        $list = Join-Path $TestDrive 'rare-findings.csv'
        $findings | Export-Csv $list
        $wanted = (Import-TextDataset $file).Fingerprint
        foreach ($exclude in $findings, $list, (Import-Csv $list), @{ Rule = 'ClassImbalance'; Path = $file }) {
            (Import-TextDataset $file -Exclude $exclude -WarningVariable said).Fingerprint | Should -Be $wanted
            $said | Should -BeNullOrEmpty
        }
    }

    It 'names texts by file and line' {
        $desk = Join-Path $TestDrive 'desk'
        New-SampleDataset $desk -Kind Tickets -Count 10
        $file = Join-Path $desk 'tickets.csv'
        $texts = Import-TextDataset $file
        $some = Import-TextDataset $file -Exclude "${file}:2", ([pscustomobject]@{ Path = $file; Line = 3 })
        $some.Reference.Exclude | Should -Be 'tickets.csv:2', 'tickets.csv:3'
        $some.Train.Count + $some.Validation.Count | Should -Be ($texts.Train.Count + $texts.Validation.Count - 2)
        (Import-TextDataset $file -Exclude @{ Path = $file; Line = 2 }, @{ Path = 'tickets.csv'; Line = 3 }).Fingerprint | Should -Be $some.Fingerprint
        ($texts | Invoke-FineTune LinearSvm -Exclude $some.Train[0]).Plan.Dataset.Exclude | Should -Match '^tickets.csv:\d+$'
    }
}

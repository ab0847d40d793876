BeforeAll {
    Import-Module PSFineTune
}

Describe 'New-SampleDataset' {
    It 'draws -Count pictures of each class, -Size pixels wide, and writes no object' {
        $folder = Join-Path $TestDrive 'a'
        New-SampleDataset $folder -Count 3 -Size 24 | Should -BeNullOrEmpty
        (Get-ChildItem $folder -Directory).Name | Should -Be 'hotdog', 'not-hotdog'
        foreach ($class in Get-ChildItem $folder -Directory) {
            $files = @(Get-ChildItem $class.FullName -File)
            $files.Count | Should -Be 3
            $bytes = [System.IO.File]::ReadAllBytes($files[0].FullName)
            $bytes[19], $bytes[23] | Should -Be 24, 24
        }
    }

    It 'draws the same bytes again, and others with another seed' {
        foreach ($pair in @('same', 5), @('again', 5), @('other', 6)) { New-SampleDataset (Join-Path $TestDrive $pair[0]) -Count 2 -Size 16 -Seed $pair[1] }
        $same, $again, $other = foreach ($name in 'same', 'again', 'other') { (Get-ChildItem (Join-Path $TestDrive $name) -Recurse -File | Get-FileHash).Hash -join ' ' }
        $again | Should -Be $same
        $other | Should -Not -Be $same
    }

    It 'draws a source set of many classes' {
        $folder = New-SampleDataset (Join-Path $TestDrive 'shapes') -Kind Shapes -Count 1 -Size 16 -PassThru
        $folder | Should -BeOfType ([System.IO.DirectoryInfo])
        @(Get-ChildItem $folder.FullName -Directory).Count | Should -BeGreaterThan 9
    }

    It 'writes a csv of texts' {
        $folder = New-SampleDataset (Join-Path $TestDrive 'desk') -Kind Tickets -Count 3 -PassThru
        $rows = @(Import-Csv (Join-Path $folder.FullName 'tickets.csv'))
        $rows.Count | Should -Be 12
        ($rows.queue | Sort-Object -Unique).Count | Should -Be 4
        foreach ($row in $rows) { $row.body.Length | Should -BeGreaterThan 10 }
    }

    It 'refuses a folder that is not empty, unless forced' {
        $folder = Join-Path $TestDrive 'full'
        New-SampleDataset $folder -Count 1 -Size 16
        Set-Content (Join-Path $folder 'mine.txt') 'mine'
        $thrown = { New-SampleDataset $folder -Count 1 } | Should -Throw -ErrorId 'FolderNotEmpty*' -PassThru
        $thrown.ErrorDetails.RecommendedAction | Should -Match '-Force'
        New-SampleDataset $folder -Count 2 -Size 16 -Force
        @(Get-ChildItem $folder -Recurse -Filter *.png).Count | Should -Be 4
        Join-Path $folder 'mine.txt' | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        $folder = Join-Path $TestDrive 'nothing'
        New-SampleDataset $folder -WhatIf
        $folder | Should -Not -Exist
    }

    It 'refuses <Name> <Value>' -ForEach @{ Name = 'Count'; Value = 0 }, @{ Name = 'Size'; Value = 15 }, @{ Name = 'Size'; Value = 1025 } {
        $settings = @{ $Name = $Value }
        { New-SampleDataset (Join-Path $TestDrive 'refused') @settings } | Should -Throw "*$Name is $Value*" -ErrorId 'BadSampleSetting*'
    }

    It 'knows its kinds' {
        { New-SampleDataset (Join-Path $TestDrive 'refused') -Kind Hotdogs } | Should -Throw "*Did you mean 'HotDog'?*"
        $line = 'New-SampleDataset -Kind '
        [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText | Should -Be 'HotDog', 'Shapes', 'Tickets'
    }
}

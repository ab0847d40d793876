BeforeAll {
    Import-Module PSFineTune

    function Get-PngSize {
        param([string] $Path)
        $bytes = [System.IO.File]::ReadAllBytes($Path)
        "$($bytes[18] * 256 + $bytes[19]) x $($bytes[22] * 256 + $bytes[23])"
    }
}

Describe 'Show-ImageGrid' {
    BeforeAll {
        $photos = Join-Path $TestDrive 'photos'
        New-SampleDataset $photos -Count 12
        $files = @(Get-ChildItem $photos -Recurse -File -Filter *.png) + @(Get-ChildItem $photos -Recurse -File -Filter *.jpg) | Select-Object -First 8
    }

    It 'is Columns x Scale x 96 pixels wide' {
        $written = $files | Show-ImageGrid -Rows 2 -Columns 4 -Scale 1.5 -Path (Join-Path $TestDrive 'a.png') -PassThru
        Get-PngSize $written.FullName | Should -Be '576 x 288'
    }

    It 'writes no object without -PassThru' {
        $files | Show-ImageGrid -Path (Join-Path $TestDrive 'b.png') | Should -BeNullOrEmpty
        Test-Path (Join-Path $TestDrive 'b.png') | Should -BeTrue
    }

    It 'takes samples, paths with wildcards, and objects of a csv' {
        $page = Join-Path $TestDrive 'c.html'
        (Import-ImageDataset $photos).Train | Select-Object -First 1 | Show-ImageGrid -Path $page
        [System.IO.File]::ReadAllText($page) | Should -Match '<figcaption'
        Show-ImageGrid (Join-Path $files[0].DirectoryName '*') -Path $page
        [System.IO.File]::ReadAllText($page) | Should -Not -Match '<figcaption'
        [pscustomobject]@{ Path = $files[0].FullName; Label = 'my label' } | Show-ImageGrid -Path $page
        [System.IO.File]::ReadAllText($page) | Should -Match 'my label'
    }

    It 'shows one image beside variants of it' {
        $page = Join-Path $TestDrive 'd.html'
        $files[0] | Show-ImageGrid -Augment (New-AugmentPipeline -Preset Strong) -Rows 2 -Columns 3 -Title one -Path $page
        [regex]::Matches([System.IO.File]::ReadAllText($page), 'alt="one, augmented"').Count | Should -Be 5
    }

    It 'says how many are too many' {
        $files | Show-ImageGrid -Rows 1 -Columns 3 -Path (Join-Path $TestDrive 'e.png') -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -Match '8 pictures .* 1 x 3 cells .* 5 are left out'
    }

    It 'reports a file that is no image and shows the others' {
        $bad = Join-Path $TestDrive 'bad.jpg'
        Set-Content $bad 'no image'
        $written = @($files[0].FullName, $bad) | Show-ImageGrid -Path (Join-Path $TestDrive 'f.png') -PassThru -ErrorVariable fault -ErrorAction SilentlyContinue
        $fault.Count | Should -Be 1
        "$($fault[0].FullyQualifiedErrorId)" | Should -Match '^UndecodableImage'
        Get-PngSize $written.FullName | Should -Be '384 x 192'
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $TestDrive 'g.png'
        $files | Show-ImageGrid -Path $path -WhatIf
        Test-Path $path | Should -BeFalse
    }

    It 'refuses an ending that is no format' {
        { $files | Show-ImageGrid -Path (Join-Path $TestDrive 'h.tiff') } | Should -Throw -ErrorId 'UnknownPictureFormat*'
    }
}

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
        $files[0] | Show-ImageGrid -Augment (New-AugmentPipeline -Preset Strong) -Rows 2 -Columns 3 -Title one -Epochs 1 -Path $page
        [regex]::Matches([System.IO.File]::ReadAllText($page), 'alt="one, augmented: crop [^"]+"').Count | Should -Be 5
    }

    It 'gives each image a row of its versions under what was drawn' {
        $page = Join-Path $TestDrive 'rows.html'
        $files | Select-Object -First 3 | Show-ImageGrid -Augment Strong -Versions 4 -Epochs 1 -Path $page
        $content = [System.IO.File]::ReadAllText($page)
        $content | Should -Match 'repeat\(3, 2in\) / repeat\(5, 2in\)'
        [regex]::Matches($content, '<figcaption title="crop').Count | Should -Be 12
        $written = $files | Select-Object -First 3 | Show-ImageGrid -Augment Strong -Versions 4 -Scale 1 -Path (Join-Path $TestDrive 'rows.png') -PassThru
        Get-PngSize $written.FullName | Should -Be '480 x 288'
    }

    It 'replays drawn edits, pixel by pixel' {
        $augmented = $files | Select-Object -First 2 | Show-ImageGrid -Augment Strong -Versions 2 -Path (Join-Path $TestDrive 'drawn.png') -PassThru
        $draws = $files | Select-Object -First 2 | Invoke-AugmentPipeline -Pipeline Strong -Count 2
        $replayed = Show-ImageGrid -Replay $draws -Path (Join-Path $TestDrive 'replayed.png') -PassThru
        (Get-FileHash $replayed.FullName).Hash | Should -Be (Get-FileHash $augmented.FullName).Hash
        $json = Show-ImageGrid -Replay ($draws | ConvertTo-Json -Depth 6) -Path (Join-Path $TestDrive 'json.png') -PassThru
        (Get-FileHash $json.FullName).Hash | Should -Be (Get-FileHash $augmented.FullName).Hash
        $piped = $draws | Show-ImageGrid -Path (Join-Path $TestDrive 'piped.png') -PassThru
        (Get-FileHash $piped.FullName).Hash | Should -Be (Get-FileHash $augmented.FullName).Hash
    }

    It 'has a slider through epochs in a page, and only there' {
        $page = Join-Path $TestDrive 'epochs.html'
        $files | Select-Object -First 2 | Show-ImageGrid -Augment Strong -Path $page
        [regex]::Matches([System.IO.File]::ReadAllText($page), '<figure hidden>').Count | Should -Be 8
        $files | Select-Object -First 2 | Show-ImageGrid -Augment Strong -Epochs 3 -Path $page
        [System.IO.File]::ReadAllText($page) | Should -Match 'type="range" min="1" max="3"'
        $files | Show-ImageGrid -Path $page
        [System.IO.File]::ReadAllText($page) | Should -Not -Match 'type="range"'
        { $files | Show-ImageGrid -Augment Strong -Epochs 3 -Path (Join-Path $TestDrive 'epochs.png') } | Should -Throw -ErrorId 'EpochsNeedPage*'
    }

    It 'shows what the network gets' {
        $plain = $files | Show-ImageGrid -AsTrained -InputSize 16 -Path (Join-Path $TestDrive 'seen.png') -PassThru
        $other = $files | Show-ImageGrid -AsTrained -Preprocessing @{ InputSize = 16; Channels = 'Bgr'; Mean = .5, .5, .5; Std = .1, .2, .3 } -Path (Join-Path $TestDrive 'seen2.png') -PassThru
        (Get-FileHash $other.FullName).Hash | Should -Be (Get-FileHash $plain.FullName).Hash
        $plan = New-FineTunePlan ResNet20 -Dataset (Import-ImageDataset $photos) -ImageSize 16 -Augment Tutorial
        $ofPlan = $files | Show-ImageGrid -AsTrained -Plan $plan -Rows 1 -Columns 16 -Path (Join-Path $TestDrive 'seen3.png') -PassThru
        Get-PngSize $ofPlan.FullName | Should -Be '3072 x 192'
        { $files | Show-ImageGrid -AsTrained -Preprocessing @{ Inputsiz = 16 } -Path (Join-Path $TestDrive 'no.png') } | Should -Throw -ExpectedMessage "*Did you mean 'InputSize'?*"
    }

    It 'colours predictions right or wrong by <From>' -ForEach @(
        @{ From = 'their own properties'; Extra = @{}; Judged = { [pscustomobject]@{ Path = $files[0].FullName; Label = 'a'; Predicted = 'a' }, [pscustomobject]@{ Path = $files[1].FullName; Label = 'a'; Predicted = 'b' } } }
        @{ From = 'mistakes'; Extra = @{}; Judged = { [PSFineTune.Metrics.SampleLoss]@{ Path = $files[0].FullName; Label = 'a'; Predicted = 'a' }, [PSFineTune.Metrics.SampleLoss]@{ Path = $files[1].FullName; Label = 'a'; Predicted = 'b' } } }
        @{ From = 'samples piped along'; Extra = @{}; Judged = { $known = [PSFineTune.Packaging.Prediction]@{ Path = $sample.Path; Label = $sample.Label }; $sample, $known; $other, [PSFineTune.Packaging.Prediction]@{ Path = $other.Path; Label = 'none' } } }
        @{ From = 'the dataset'; Extra = { @{ Dataset = $data } }; Judged = { [PSFineTune.Packaging.Prediction]@{ Path = $sample.Path; Label = $sample.Label }, [PSFineTune.Packaging.Prediction]@{ Path = $other.Path; Label = 'none' } } }
    ) {
        $data = Import-ImageDataset $photos
        $sample, $other = $data.Train[0], $data.Train[1]
        $settings = if ($Extra -is [scriptblock]) { & $Extra } else { $Extra }
        $page = Join-Path $TestDrive 'judged.html'
        & $Judged | Show-ImageGrid @settings -Path $page
        $content = [System.IO.File]::ReadAllText($page)
        [regex]::Matches($content, '<figcaption class="right"').Count | Should -Be 1
        [regex]::Matches($content, '<figcaption class="wrong"[^>]*>[^<]* taken for ').Count | Should -Be 1
        [regex]::Matches($content, '<img ').Count | Should -Be 2
    }

    It 'takes a pipeline by file and by name' {
        $file = Join-Path $TestDrive 'mirror.json'
        New-AugmentPipeline @{ RandomHorizontalFlip = @{ P = 1 } } | Export-AugmentPipeline $file
        $page = Join-Path $TestDrive 'mirror.html'
        $files[0] | Show-ImageGrid -Augment $file -Versions 1 -Epochs 1 -Path $page
        [System.IO.File]::ReadAllText($page) | Should -Match 'augmented: flip"'
    }

    It 'says once which characters no font has' {
        # A private character, which no font of a system has.
        $files[0], $files[1] | Show-ImageGrid -Title "hat $([char]0xE123)", "$([char]0xE123)" -Path (Join-Path $TestDrive 'private.png') -WarningVariable said -WarningAction SilentlyContinue
        $said.Count | Should -Be 1
        "$said" | Should -Match 'No font'
    }

    It 'draws in no terminal where output is redirected' -Skip:(-not [System.Console]::IsOutputRedirected) {
        { $files[0] | Show-ImageGrid -Terminal HalfBlocks } | Should -Throw -ErrorId 'NoViewer*'
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

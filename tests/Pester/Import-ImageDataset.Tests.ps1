BeforeAll {
    Import-Module PSFineTune
}

Describe 'Import-ImageDataset' {
    BeforeAll {
        $workspace = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        $photos = Join-Path $TestDrive 'photos'
        New-SampleDataset $photos -Count 12 -Size 16

        # Copies of pictures of one class, each its own, into a folder that is made.
        function Copy-Picture {
            param([string] $To, [string] $Class = 'hotdog', [int] $First = 2, [int] $Skip = 0)
            $null = New-Item -ItemType Directory -Force $To
            Get-ChildItem (Join-Path $photos $Class) -Filter *.png | Select-Object -First $First -Skip $Skip | Copy-Item -Destination $To
        }

        function New-Folder {
            param([string] $Name)
            $folder = Join-Path $TestDrive $Name
            $null = New-Item -ItemType Directory -Force $folder
            $folder
        }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $workspace
    }

    Context 'class folders' {
        It 'finds classes and samples' {
            $data = Import-ImageDataset $photos
            $data.Classes | Should -Be 'hotdog', 'not-hotdog'
            $data.Train.Count + $data.Validation.Count | Should -Be 24
            $data.Test.Count | Should -Be 0
            $data.Train[0].Path | Should -Exist
            $data.Train[0].Split | Should -Be 'Train'
            $data.Train[0].Id | Should -Match '^[0-9a-f]{64}$'
            $data.Fingerprint | Should -Match '^[0-9a-f]{64}$'
            $data.Skipped | Should -BeNullOrEmpty
        }

        It 'has every class in training and validation' {
            foreach ($row in (Import-ImageDataset $photos -ValidationFraction 0.01).ClassCounts) {
                $row.Train | Should -BeGreaterThan 0
                $row.Validation | Should -BeGreaterThan 0
            }
        }

        It 'splits by content: files that come later move no older one' {
            $grown = New-Folder 'grown'
            foreach ($class in 'hotdog', 'not-hotdog') { Copy-Picture (Join-Path $grown $class) $class -First 8 }
            $before = Import-ImageDataset $grown -ValidationFraction 0.5
            foreach ($class in 'hotdog', 'not-hotdog') { Copy-Picture (Join-Path $grown $class) $class -First 4 -Skip 8 }
            $after = Import-ImageDataset $grown -ValidationFraction 0.5
            $after.Validation.Count + $after.Train.Count | Should -Be 24
            foreach ($sample in $before.Validation) { $sample.Id | Should -BeIn $after.Validation.Id }
            foreach ($sample in $before.Train) { $sample.Id | Should -BeIn $after.Train.Id }
        }

        It 'draws another split with another seed, and the same with the same' {
            $one = Import-ImageDataset $photos -ValidationFraction 0.5
            (Import-ImageDataset $photos -ValidationFraction 0.5).Fingerprint | Should -Be $one.Fingerprint
            (Import-ImageDataset $photos -ValidationFraction 0.5 -Seed 7).Fingerprint | Should -Not -Be $one.Fingerprint
        }

        It 'keeps samples for the final test' {
            $data = Import-ImageDataset $photos -ValidationFraction 0.3 -TestFraction 0.3
            $data.Test.Count | Should -BeGreaterThan 0
            $data.Train.Count + $data.Validation.Count + $data.Test.Count | Should -Be 24
        }

        It 'passes over hidden files and folders' {
            $folder = New-Folder 'hidden'
            Copy-Picture (Join-Path $folder 'a') -First 3
            Copy-Picture (Join-Path $folder 'b') 'not-hotdog' -First 3
            Copy-Picture (Join-Path $folder '.thumbnails') -First 3
            Copy-Item (Get-ChildItem (Join-Path $folder 'a') | Select-Object -First 1).FullName (Join-Path $folder 'a/.hidden.png')
            $data = Import-ImageDataset $folder
            $data.Classes | Should -Be 'a', 'b'
            $data.Train.Count + $data.Validation.Count | Should -Be 6
        }

        It 'keeps a group in one split' {
            $folder = New-Folder 'groups'
            foreach ($class in 'hotdog', 'not-hotdog') {
                Copy-Picture (Join-Path $folder $class) $class -First 12
                foreach ($file in Get-ChildItem (Join-Path $folder $class)) {
                    $patient = [int] ($file.BaseName -replace '\D') % 4
                    Rename-Item $file.FullName "$class-patient$patient-$($file.Name)"
                }
            }
            $data = Import-ImageDataset $folder -GroupPattern '([a-z-]+-patient\d)' -ValidationFraction 0.4
            $data.Train[0].Group | Should -Match '-patient\d$'
            foreach ($group in $data.Validation.Group) { $group | Should -Not -BeIn $data.Train.Group }
        }
    }

    Context 'folders that tell the split' {
        It 'finds train and <Validation>' -ForEach @{ Validation = 'validation' }, @{ Validation = 'val' }, @{ Validation = 'valid' } {
            $folder = New-Folder "split-$Validation"
            foreach ($class in 'hotdog', 'not-hotdog') {
                Copy-Picture (Join-Path $folder "train/$class") $class -First 4
                Copy-Picture (Join-Path $folder "$Validation/$class") $class -First 2 -Skip 4
                Copy-Picture (Join-Path $folder "test/$class") $class -First 3 -Skip 6
            }
            $data = Import-ImageDataset $folder
            $data.Train.Count, $data.Validation.Count, $data.Test.Count | Should -Be 8, 4, 6
            $data.Classes | Should -Be 'hotdog', 'not-hotdog'
        }
    }

    Context 'a manifest' {
        BeforeAll {
            $rows = foreach ($class in 'hotdog', 'not-hotdog') {
                foreach ($file in Get-ChildItem (Join-Path $photos $class) -Filter *.png | Select-Object -First 5) {
                    [pscustomobject]@{ path = $file.FullName; label = $class.ToUpperInvariant(); split = if ($file.Name -match '000[12]') { 'val' } else { 'train' } }
                }
            }
        }

        It 'tells labels' {
            $manifest = Join-Path $TestDrive 'labels.csv'
            $rows | Select-Object path, label | Export-Csv $manifest
            $data = Import-ImageDataset $photos -Manifest $manifest
            $data.Classes | Should -Be 'HOTDOG', 'NOT-HOTDOG'
            $data.Train.Count + $data.Validation.Count | Should -Be 10
        }

        It 'tells the split too' {
            $manifest = Join-Path $TestDrive 'splits.csv'
            $rows | Export-Csv $manifest
            (Import-ImageDataset $photos -Manifest $manifest).Validation.Count | Should -Be 4
        }

        It 'is refused with the line that is wrong' {
            $manifest = Join-Path $TestDrive 'wrong.csv'
            Set-Content $manifest 'path,label', "$($rows[0].path),a", 'none.png,b'
            { Import-ImageDataset $photos -Manifest $manifest } | Should -Throw '*line 3*' -ErrorId 'ManifestLine*'
            Set-Content $manifest 'file,label', 'x.png,a'
            { Import-ImageDataset $photos -Manifest $manifest } | Should -Throw -ErrorId 'ManifestColumn*'
            { Import-ImageDataset $photos -Manifest (Join-Path $TestDrive 'none.csv') } | Should -Throw -ErrorId 'ManifestNotFound*'
        }
    }

    Context 'images that cannot be decoded' {
        BeforeAll {
            $broken = New-Folder 'broken'
            foreach ($class in 'hotdog', 'not-hotdog') { Copy-Picture (Join-Path $broken $class) $class -First 4 }
            $bytes = [System.IO.File]::ReadAllBytes((Get-ChildItem (Join-Path $photos 'hotdog') | Select-Object -First 1).FullName)
            $half = Join-Path $broken 'hotdog/half.png'
            [System.IO.File]::WriteAllBytes($half, $bytes[0..([int] ($bytes.Length / 2))])
            Set-Content (Join-Path $broken 'hotdog/text.jpg') 'not an image'
            $hashes = (Get-ChildItem $broken -Recurse -File | Get-FileHash).Hash
        }

        It 'stop the import, which is the default' {
            $thrown = { Import-ImageDataset $broken } | Should -Throw '*2 of 10 images*' -ErrorId 'BadImage*' -PassThru
            $thrown.CategoryInfo.Category | Should -Be 'InvalidData'
            $thrown.ErrorDetails.RecommendedAction | Should -Match '-OnBadImage Skip'
            { Import-ImageDataset $broken -OnBadImage Stop } | Should -Throw -ErrorId 'BadImage*'
        }

        It 'are listed with Skip' {
            $data = Import-ImageDataset $broken -OnBadImage Skip -ErrorVariable faults
            $faults | Should -BeNullOrEmpty
            $data.Train.Count + $data.Validation.Count | Should -Be 8
            $data.Skipped.Count | Should -Be 2
            $data.Skipped.Path | Should -Contain $half
            foreach ($row in $data.Skipped) { $row.Reason | Should -Not -BeNullOrEmpty }
        }

        It 'are an error each with Report, and the dataset comes out' {
            $data = Import-ImageDataset $broken -OnBadImage Report -ErrorVariable faults -ErrorAction SilentlyContinue
            $data.Skipped.Count | Should -Be 2
            $faults.Count | Should -Be 2
            $faults[0].FullyQualifiedErrorId | Should -BeLike 'BadImage*'
            $faults.TargetObject | Should -Contain $half
        }

        It 'are left as they are' {
            (Get-ChildItem $broken -Recurse -File | Get-FileHash).Hash | Should -Be $hashes
        }
    }

    Context 'errors' {
        It '<Id>: <Case>' -ForEach @(
            @{ Id = 'DatasetNotFound'; Case = 'no folder'; Make = { param($root) [System.IO.Directory]::Delete($root) } }
            @{ Id = 'NoImages'; Case = 'an empty folder'; Make = { param($root) } }
            @{ Id = 'EmptyClass'; Case = 'a class without images'; Make = { param($root) Copy-Picture "$root/a"; Copy-Picture "$root/b" 'not-hotdog'; $null = New-Item -ItemType Directory "$root/c" } }
            @{ Id = 'OneClass'; Case = 'one class alone'; Make = { param($root) Copy-Picture "$root/a" } }
            @{ Id = 'ClassInOneSplit'; Case = 'a class in one split only'; Make = { param($root) Copy-Picture "$root/train/a"; Copy-Picture "$root/train/b" 'not-hotdog'; Copy-Picture "$root/val/a" -Skip 2 } }
            @{ Id = 'ClassTooSmall'; Case = 'one image of a class'; Make = { param($root) Copy-Picture "$root/a"; Copy-Picture "$root/b" 'not-hotdog' -First 1 } }
            @{ Id = 'NoTrainFolder'; Case = 'test without train'; Make = { param($root) Copy-Picture "$root/test/a"; Copy-Picture "$root/test/b" 'not-hotdog' } }
            @{ Id = 'MixedFolders'; Case = 'a class beside train'; Make = { param($root) Copy-Picture "$root/train/a"; Copy-Picture "$root/train/b" 'not-hotdog'; Copy-Picture "$root/c" } }
        ) {
            $root = New-Folder "error-$Id"
            . $Make $root
            $thrown = { Import-ImageDataset $root } | Should -Throw -ErrorId "$Id,*" -PassThru
            $thrown.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $thrown.Exception.Message | Should -BeLike "*$root*"
        }

        It 'names classes that differ in case alone' {
            $root = New-Folder 'case'
            foreach ($class in 'Hat', 'hat', 'shoe') { Copy-Picture (Join-Path $root $class) }
            # Where the file system holds them to be one folder there is nothing to tell.
            if (@(Get-ChildItem $root -Directory).Count -lt 3) { Set-ItResult -Skipped -Because 'the file system ignores case' }
            { Import-ImageDataset $root } | Should -Throw "*'Hat', 'hat'*" -ErrorId 'ClassesDifferInCase*'
        }

        It 'refuses <Name> <Value>' -ForEach @(
            @{ Name = 'ValidationFraction'; Value = 0 }
            @{ Name = 'ValidationFraction'; Value = 1 }
            @{ Name = 'TestFraction'; Value = .9 }
            @{ Name = 'TestFraction'; Value = -.1 }
        ) {
            $settings = @{ $Name = $Value }
            { Import-ImageDataset $photos @settings } | Should -Throw "*$Name*" -ErrorId 'BadFraction*'
        }

        It 'refuses a pattern that is none' {
            { Import-ImageDataset $photos -GroupPattern '(' } | Should -Throw -ErrorId 'BadGroupPattern*'
        }
    }

    Context 'paths' {
        It 'takes folders from the pipeline, wildcards and literal paths' {
            (Get-Item $photos | Import-ImageDataset).Root | Should -Be $photos
            ($photos | Import-ImageDataset).Root | Should -Be $photos
            (Import-ImageDataset (Join-Path $TestDrive 'phot*')).Root | Should -Be $photos
            $odd = Join-Path $TestDrive 'odd[1]'
            foreach ($class in 'hotdog', 'not-hotdog') { Copy-Picture (Join-Path $TestDrive "plain/$class") $class -First 4 }
            [System.IO.Directory]::Move((Join-Path $TestDrive 'plain'), $odd)
            (Import-ImageDataset -LiteralPath $odd).Root | Should -Be $odd
            (Get-Item -LiteralPath $odd | Import-ImageDataset).Root | Should -Be $odd
        }

        It 'takes a path relative to the current location' {
            Push-Location $TestDrive
            try { (Import-ImageDataset ./photos).Root | Should -Be $photos } finally { Pop-Location }
        }
    }
}

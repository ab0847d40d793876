# Pipelines as files and as values, and images that run through them.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Export-AugmentPipeline and Import-AugmentPipeline' {
    BeforeAll {
        $augment = New-AugmentPipeline RandomResizedCrop, @{ ColorJitter = @{ Brightness = .5; Hue = -.1, .2 } }, @{ RandomRotation = @{ Degrees = 15; Fill = 1, 2, 3 } }
        $file = Join-Path $TestDrive 'augment.json'
        $augment | Export-AugmentPipeline $file
    }

    It 'gives back the same pipeline' {
        (Import-AugmentPipeline $file) -eq $augment | Should -BeTrue
        (Get-ChildItem $file | Import-AugmentPipeline) -eq $augment | Should -BeTrue
    }

    It 'names the version of the format and the hash of the ops' {
        $content = Get-Content $file -Raw | ConvertFrom-Json
        $content.schemaVersion | Should -Be 1
        $content.sha256 | Should -Match '^[0-9a-f]{64}$'
        $content.ops[1].is | Should -Be 'ColorJitter'
    }

    It 'leaves a file that is there without -Force, and writes the same bytes again with it' {
        { $augment | Export-AugmentPipeline $file } | Should -Throw -ErrorId 'FileExists*'
        $before = (Get-FileHash $file).Hash
        ($augment | Export-AugmentPipeline $file -Force -PassThru).FullName | Should -Be $file
        (Get-FileHash $file).Hash | Should -Be $before
    }

    It 'writes nothing with -WhatIf' {
        $augment | Export-AugmentPipeline (Join-Path $TestDrive 'not.json') -WhatIf
        Join-Path $TestDrive 'not.json' | Should -Not -Exist
    }

    It 'uses a file edited by hand, and says so' {
        $edited = Join-Path $TestDrive 'edited.json'
        Set-Content $edited ((Get-Content $file -Raw) -replace '"degrees": 15', '"degrees": 20')
        $read = Import-AugmentPipeline $edited -WarningVariable said -WarningAction SilentlyContinue
        "$($read.Ops[2].Degrees)" | Should -Be '20'
        "$said" | Should -Match 'was edited'
        Import-AugmentPipeline $file -WarningVariable said
        $said | Should -BeNullOrEmpty
    }

    It 'says what is wrong with a file, and reads the others' {
        $bad = Join-Path $TestDrive 'bad.json'
        Set-Content $bad '{ "schemaVersion": 1, "ops": [{ "is": "RandomRotatoin" }] }'
        $read = Import-AugmentPipeline $bad, $file -ErrorAction SilentlyContinue -ErrorVariable fault
        @($read).Count | Should -Be 1
        "$($fault[0].FullyQualifiedErrorId)" | Should -BeLike 'UnknownName,*'
        $fault[0].ErrorDetails.RecommendedAction | Should -Match "Did you mean 'RandomRotation'"
    }

    It 'refuses what a newer version wrote' {
        $newer = Join-Path $TestDrive 'newer.json'
        Set-Content $newer '{ "schemaVersion": 2, "ops": [] }'
        { Import-AugmentPipeline $newer -ErrorAction Stop } | Should -Throw -ErrorId 'NewerSchema*'
    }

    It 'is the same value from <From>' -ForEach @(
        @{ From = 'a file'; Value = { $file } }
        @{ From = 'JSON text'; Value = { Get-Content $file -Raw } }
        @{ From = 'ConvertFrom-Json'; Value = { Get-Content $file -Raw | ConvertFrom-Json } }
        @{ From = 'its ops from ConvertFrom-Json'; Value = { (Get-Content $file -Raw | ConvertFrom-Json).ops } }
        @{ From = 'ConvertTo-Json and back'; Value = { $augment | ConvertTo-Json -Depth 6 | ConvertFrom-Json } }
        @{ From = 'a hashtable of Ops'; Value = { @{ Ops = $augment.Ops } } }
        @{ From = 'names and hashtables'; Value = { 'RandomResizedCrop', @{ ColorJitter = @{ Brightness = .5; Hue = -.1, .2 } }, @{ RandomRotation = @{ Degrees = 15; Fill = 1, 2, 3 } } } }
        @{ From = 'what a job leaves of it'; Value = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($augment)) } }
    ) {
        $copy = Join-Path $TestDrive 'copy.json'
        Export-AugmentPipeline $copy -InputObject (& $Value) -Force
        (Import-AugmentPipeline $copy) -eq $augment | Should -BeTrue
    }

    It 'converts where a script casts' {
        ([PSFineTune.Augment.AugmentPipeline](Get-Content $file -Raw)) -eq $augment | Should -BeTrue
        ([PSFineTune.Augment.AugmentPipeline]'RandomVerticalFlip').Ops.Count | Should -Be 1
    }

    It 'names what it does not know in <Value>' -ForEach @(
        @{ Value = '[{ "is": "ColorJitter", "brightnes": 1 }]'; Says = "*Did you mean 'Brightness'?*" }
        @{ Value = 'RandomHorizontalFlop'; Says = "*Did you mean 'RandomHorizontalFlip'?*" }
        @{ Value = '[{ "is": "RandomHorizontalFlip", "p": 3 }]'; Says = '*P 3*from 0 to 1*' }
    ) {
        { Export-AugmentPipeline (Join-Path $TestDrive 'never.json') -InputObject $Value } | Should -Throw -ExpectedMessage $Says
    }

    It 'shows as a table of its ops' {
        $shown = ($augment | Out-String) -split "`n"
        "$($shown -match 'ColorJitter')" | Should -Match '2\s+ColorJitter\s+Brightness 0.5, Contrast 0, Saturation 0, Hue \[-0.1, 0.2\]'
        "$($augment.Ops | Out-String)" | Should -Match 'RandomRotation\s+Degrees 15, .*Fill \[1, 2, 3\]'
    }
}

Describe 'Invoke-AugmentPipeline' {
    BeforeAll {
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 4 -Size 40
        $photos = @(Get-ChildItem (Join-Path $TestDrive 'photos') -Recurse -Filter *.png)
        $out = Join-Path $TestDrive 'out'
    }

    It 'writes versions as files and says what was drawn for each' {
        $draws = $photos[0] | Invoke-AugmentPipeline -Pipeline Strong -Count 3 -InputSize 32 -Destination (Join-Path $out 'a')
        $draws.Epoch | Should -Be 1, 2, 3
        $draws[0] | Should -BeOfType ([PSFineTune.Augment.AugmentDraw])
        $draws[0].Path | Should -Be $photos[0].FullName
        $draws[0].Id | Should -Be (Get-FileHash $photos[0].FullName).Hash
        $draws[0].Description | Should -Match '^crop '
        Split-Path $draws[2].File -Leaf | Should -Be "$($photos[0].BaseName)-3.png"
        $draws.File | ForEach-Object { $_ | Should -Exist }
        ($draws.File | Get-FileHash | Select-Object -ExpandProperty Hash -Unique).Count | Should -Be 3
    }

    It 'makes the same pixels again from <From>' -ForEach @(
        @{ From = 'its draws'; Given = { $draws } }
        @{ From = 'their JSON'; Given = { $draws | ConvertTo-Json -Depth 6 } }
        @{ From = 'a file of it'; Given = { Set-Content (Join-Path $TestDrive 'draws.json') ($draws | ConvertTo-Json -Depth 6); Join-Path $TestDrive 'draws.json' } }
        @{ From = 'ConvertFrom-Json'; Given = { $draws | ConvertTo-Json -Depth 6 | ConvertFrom-Json } }
        @{ From = 'what a job leaves of them'; Given = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($draws)) } }
    ) {
        $one, $two = (Join-Path $out 'one'), (Join-Path $out 'two')
        $draws = $photos | Invoke-AugmentPipeline -Pipeline Strong -Count 2 -InputSize 32 -Destination $one -Force
        $again = Invoke-AugmentPipeline -Replay (& $Given) -Destination $two -Force
        $again.Count | Should -Be $draws.Count
        ($again.File | Get-FileHash).Hash | Should -Be ($draws.File | Get-FileHash).Hash
    }

    It 'draws by seed and content, not by path or order' {
        $moved = Join-Path $TestDrive 'moved.png'
        Copy-Item $photos[0].FullName $moved
        $one = Invoke-AugmentPipeline $moved -Pipeline Strong
        $two = @($photos[1].FullName, $photos[0].FullName) | Invoke-AugmentPipeline -Pipeline Strong
        $one.Description | Should -Be $two[1].Description
        (Invoke-AugmentPipeline $moved -Pipeline Strong -Seed 7).Description | Should -Not -Be $one.Description
        $one.File | Should -BeNullOrEmpty
    }

    It 'keeps files of one name apart' {
        $draws = $photos | Invoke-AugmentPipeline -Pipeline Tutorial -Destination (Join-Path $out 'apart')
        ($draws.File | Select-Object -Unique).Count | Should -Be $photos.Count
    }

    It 'reports a file that is no image, and one that is there already, and goes on' {
        $bad = Join-Path $TestDrive 'bad.png'
        Set-Content $bad 'no image'
        $draws = @($bad, $photos[0].FullName) | Invoke-AugmentPipeline -Pipeline Tutorial -Destination (Join-Path $out 'bad') -ErrorAction SilentlyContinue -ErrorVariable fault
        @($draws).Count | Should -Be 1
        "$($fault[0].FullyQualifiedErrorId)" | Should -BeLike 'UndecodableImage,*'
        $photos[0] | Invoke-AugmentPipeline -Pipeline Tutorial -Destination (Join-Path $out 'bad') -ErrorAction SilentlyContinue -ErrorVariable fault | Should -BeNullOrEmpty
        "$($fault[0].FullyQualifiedErrorId)" | Should -BeLike 'FileExists,*'
    }

    It 'refuses a draw of another image' {
        $draw = $photos[0] | Invoke-AugmentPipeline -Pipeline Tutorial
        $other = $draw | ConvertTo-Json -Depth 6 | ConvertFrom-Json
        $other.Path = $photos[1].FullName
        { Invoke-AugmentPipeline -Replay $other -Destination $out -ErrorAction Stop } | Should -Throw -ErrorId 'ImageChanged*'
    }

    It 'writes nothing with -WhatIf' {
        $photos[0] | Invoke-AugmentPipeline -Pipeline Tutorial -Destination (Join-Path $out 'what') -WhatIf | Should -BeNullOrEmpty
        Join-Path $out 'what' | Should -Not -Exist
    }
}

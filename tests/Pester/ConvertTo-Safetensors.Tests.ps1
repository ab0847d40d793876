BeforeAll {
    Import-Module PSFineTune
    $golden = Get-Content (Join-Path (Split-Path $PSScriptRoot) 'PSFineTune.Core.Tests/Goldens/torch.json') -Raw | ConvertFrom-Json
    foreach ($name in 'checkpoint', 'half', 'legacy') {
        $file = $golden.files | Where-Object name -eq $name
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive "$name.pth"), [Convert]::FromBase64String($file.file))
    }
    $harm = $golden.hostile | Where-Object name -eq 'system'
    [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'harm.pth'), [Convert]::FromBase64String($harm.file))
}

Describe 'ConvertTo-Safetensors' {
    It 'writes beside the source and says what is in it' {
        ConvertTo-Safetensors (Join-Path $TestDrive 'checkpoint.pth') | Should -BeNullOrEmpty
        $made = ConvertTo-Safetensors (Join-Path $TestDrive 'checkpoint.pth') -Force -PassThru
        $made.Path | Should -Be (Join-Path $TestDrive 'checkpoint.safetensors')
        $made.Source | Should -Be (Join-Path $TestDrive 'checkpoint.pth')
        $made.Tensors | Should -Be 14
        $made.Bytes | Should -Be ([System.IO.File]::ReadAllBytes($made.Path).Length)
        $made.Sha256 | Should -Be (Get-FileHash $made.Path).Hash
        $made.SourceSha256 | Should -Be (Get-FileHash $made.Source).Hash
        $made | Out-String | Should -Match 'Tensors\s+Values\s+Bytes\s+Path'
    }

    It 'replaces nothing that it is not told to, nor what it wrote a moment ago' {
        $target = Join-Path $TestDrive 'kept.safetensors'
        Set-Content $target 'mine'
        { ConvertTo-Safetensors (Join-Path $TestDrive 'half.pth') $target -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content $target | Should -Be 'mine'
        $two = ConvertTo-Safetensors (Join-Path $TestDrive 'half.pth'), (Join-Path $TestDrive 'legacy.pth') $target -Force -PassThru -ErrorVariable wrong -ErrorAction SilentlyContinue
        @($two).Count | Should -Be 1
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'WrittenTwice,*'
    }

    It 'writes over no file that it reads, and nothing that a plan would refuse' {
        $plain = Join-Path $TestDrive 'half.pth'
        $hash = (Get-FileHash $plain).Hash
        { ConvertTo-Safetensors $plain $plain -Force -ErrorAction Stop } | Should -Throw -ErrorId 'SourceIsTarget,*'
        (Get-FileHash $plain).Hash | Should -Be $hash
        { ConvertTo-Safetensors $plain (Join-Path $TestDrive 'bad.safetensors') -Preprocessing @{ InputSize = -3 } -ErrorAction Stop } | Should -Throw -ErrorId 'BadPlanSetting,*'
        foreach ($refused in @{ InputSize = 7 }, @{ InputSize = 4097 }, @{ Scale = 0 }, @{ Std = 1, 1, 0 }) {
            { ConvertTo-Safetensors $plain (Join-Path $TestDrive 'bad.safetensors') -Preprocessing $refused -ErrorAction Stop } | Should -Throw -ErrorId 'BadPlanSetting,*' -Because "of '$($refused.Keys)'"
        }
        Join-Path $TestDrive 'bad.safetensors' | Should -Not -Exist
    }

    It 'takes what it said of a file, live and from a job' {
        $made = ConvertTo-Safetensors (Join-Path $TestDrive 'half.pth') (Join-Path $TestDrive 'chain.safetensors') -Force -PassThru
        $gone = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($made))
        foreach ($said in $made, $gone) {
            ($said | ConvertTo-Safetensors -Destination (Join-Path $TestDrive 'next.safetensors') -Force -PassThru).Source | Should -Be $made.Path
        }
    }

    It 'refuses what would run, by name, and goes on with the others' {
        $folder = Join-Path $TestDrive 'out'
        $null = New-Item -ItemType Directory $folder
        $made = @(Get-ChildItem $TestDrive -Filter *.pth | ConvertTo-Safetensors -Destination $folder -PassThru -ErrorVariable wrong -ErrorAction SilentlyContinue)
        $made.Count | Should -Be 3
        @($wrong).Count | Should -Be 1
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'UnsafePyTorchFile,*'
        $wrong[0].Exception.Message | Should -BeLike '*a call of posix.system, which is code*'
        Join-Path $folder 'harm.safetensors' | Should -Not -Exist
    }

    It 'takes wildcards, and names with brackets as they are' {
        $odd = Join-Path $TestDrive 'a[1].pth'
        Copy-Item (Join-Path $TestDrive 'half.pth') $odd
        (ConvertTo-Safetensors -LiteralPath $odd -PassThru).Tensors | Should -Be 12
        @(ConvertTo-Safetensors (Join-Path $TestDrive 'h[a]lf.p*') -Force -PassThru).Count | Should -Be 1
        { ConvertTo-Safetensors (Join-Path $TestDrive 'none.pth') -ErrorAction Stop } | Should -Throw -ErrorId 'WeightsNotFound,*'
    }

    It 'keeps how the network wants pixels, and notes' {
        $made = ConvertTo-Safetensors (Join-Path $TestDrive 'half.pth') (Join-Path $TestDrive 'noted.safetensors') -Preprocessing @{ InputSize = 96; Mean = 0.5, 0.5, 0.5 } -Metadata @{ license = 'MIT' } -PassThru
        $text = [System.IO.File]::ReadAllText($made.Path)
        $text | Should -Match '"license":"MIT"'
        $text | Should -Match 'inputSize\\?":96'
    }

    It 'does nothing with -WhatIf' {
        ConvertTo-Safetensors (Join-Path $TestDrive 'half.pth') (Join-Path $TestDrive 'whatif.safetensors') -WhatIf
        Join-Path $TestDrive 'whatif.safetensors' | Should -Not -Exist
    }
}

BeforeAll {
    Import-Module PSFineTune
    # What Install-FineTuneRuntime leaves, with a file of text in place of the libraries.
    function New-Runtime([string] $Name, [string] $Accelerator = 'cpu', [string] $Runtime = 'linux-x64') {
        $folder = Join-Path $TestDrive "$Name/0.107.0-$Runtime-$Accelerator"
        $null = New-Item -ItemType Directory $folder
        Set-Content (Join-Path $folder 'libtorch_cpu.so') 'library'
        Set-Content (Join-Path $folder 'runtime.json') "{ `"runtime`": `"$Runtime`", `"accelerator`": `"$Accelerator`", `"version`": `"0.107.0`" }"
        $folder
    }
}

Describe 'Uninstall-FineTuneRuntime' {
    It 'removes what it is asked for, whole, and no other' {
        $root = Join-Path $TestDrive 'named'
        $cpu = New-Runtime named
        $cuda = New-Runtime named cuda
        $windows = New-Runtime named cpu win-x64
        $removed = Uninstall-FineTuneRuntime cpu -Runtime linux-x64 -Destination $root -PassThru
        $removed.Path | Should -Be $cpu
        $removed.Accelerator | Should -Be 'cpu'
        $cpu | Should -Not -Exist
        Join-Path $cuda 'libtorch_cpu.so' | Should -Exist
        Join-Path $windows 'libtorch_cpu.so' | Should -Exist
        Uninstall-FineTuneRuntime -Runtime linux-x64 -Destination $root -Version 0.107.0 | Should -BeNullOrEmpty
        $cuda | Should -Not -Exist
        Uninstall-FineTuneRuntime -Runtime win-x64 -Destination $root
        Get-ChildItem $root -Directory | Should -BeNullOrEmpty
    }

    It 'warns where another version of the module is installed' {
        $before = $env:PSModulePath
        try {
            $other = Join-Path $TestDrive 'modules/PSFineTune/0.0.9'
            $null = New-Item -ItemType Directory $other
            Set-Content (Join-Path $other 'PSFineTune.psd1') '@{}'
            $folder = New-Runtime shared
            $env:PSModulePath = (Get-Module PSFineTune).ModuleBase | Split-Path
            Uninstall-FineTuneRuntime -Path $folder -WhatIf -WarningVariable none -WarningAction SilentlyContinue
            $none | Should -BeNullOrEmpty
            $env:PSModulePath += [System.IO.Path]::PathSeparator + (Join-Path $TestDrive 'modules')
            Uninstall-FineTuneRuntime -Path $folder -WarningVariable said -WarningAction SilentlyContinue
            "$said" | Should -Match ([regex]::Escape($other))
            $folder | Should -Not -Exist
        }
        finally {
            $env:PSModulePath = $before
        }
    }

    It 'says what is not there' {
        { Uninstall-FineTuneRuntime -Destination (Join-Path $TestDrive 'nowhere') } | Should -Throw -ErrorId 'NoSuchInstalledRuntime,*'
        $folder = New-Runtime other
        { Uninstall-FineTuneRuntime -Destination (Join-Path $TestDrive 'other') -Version 9.9.9 } | Should -Throw -ErrorId 'NoSuchInstalledRuntime,*'
        $folder | Should -Exist
    }

    It 'takes paths and objects from the pipeline, those that went through a job too' {
        $first, $second, $third = (New-Runtime a), (New-Runtime b), (New-Runtime c)
        $first, [pscustomobject]@{ Path = $second } | Uninstall-FineTuneRuntime
        Uninstall-FineTuneRuntime -Path ($third + [System.IO.Path]::DirectorySeparatorChar)
        foreach ($folder in $first, $second, $third) { $folder | Should -Not -Exist }
    }

    It 'refuses folders that Install-FineTuneRuntime has not made, and goes on with the others' {
        $mine = Join-Path $TestDrive 'mine'
        $null = New-Item -ItemType Directory $mine
        Set-Content (Join-Path $mine 'thesis.txt') 'years of work'
        $folder = New-Runtime d
        Uninstall-FineTuneRuntime -Path $mine, (Join-Path $TestDrive 'none'), $folder -ErrorAction SilentlyContinue -ErrorVariable wrong
        @($wrong).Count | Should -Be 2
        foreach ($one in $wrong) { $one.FullyQualifiedErrorId | Should -BeLike 'NotARuntime,*' }
        Join-Path $mine 'thesis.txt' | Should -Exist
        $folder | Should -Not -Exist
    }
}

BeforeAll {
    Import-Module PSFineTune
    $null = [System.Reflection.Assembly]::Load('System.IO.Compression.ZipFile'), [System.Reflection.Assembly]::Load('System.IO.Compression')
    $before = $env:PSFINETUNE_RUNTIME
    $env:PSFINETUNE_RUNTIME = $null
    $feed = Join-Path $TestDrive 'a feed'
    $null = New-Item -ItemType Directory $feed
    $hashes = @{}
    # Files of text in place of the libraries.
    foreach ($package in 'torchsharp.0.107.0', 'libtorch-cpu-linux-x64.2.10.0') {
        $native = Join-Path $TestDrive "unpacked/$package/runtimes/linux-x64/native"
        $null = New-Item -ItemType Directory $native
        Set-Content (Join-Path $native $(if ($package -like 'torch*') { 'libLibTorchSharp.so' } else { 'libtorch_cpu.so' })) $package
        if ($package -like 'lib*') { Set-Content (Join-Path $native 'libtorch_python.so') 'not needed' }
        $file = Join-Path $feed "$package.nupkg"
        [System.IO.Compression.ZipFile]::CreateFromDirectory((Join-Path $TestDrive "unpacked/$package"), $file)
        $hashes[($package -split '\.\d')[0]] = (Get-FileHash $file).Hash
    }
}

AfterAll {
    $env:PSFINETUNE_RUNTIME = $before
}

Describe 'Install-FineTuneRuntime' {
    It 'installs from a folder, says so only when asked, and needs nothing the second time' {
        $root = Join-Path $TestDrive 'runtimes'
        $first = Install-FineTuneRuntime cpu -Runtime linux-x64 -Source $feed -Hash $hashes -Destination $root -PassThru -WarningVariable said -WarningAction SilentlyContinue
        $first.Path | Should -Be (Join-Path $root '0.107.0-linux-x64-cpu')
        $first.Runtime | Should -Be 'linux-x64'
        $first.Accelerator | Should -Be 'cpu'
        $first.Packages.Id | Should -Be 'TorchSharp', 'libtorch-cpu-linux-x64'
        $first.Packages.Pin | Should -Be 'Given', 'Given'
        ($first.Files.Name | Sort-Object) -join ' ' | Should -Be 'libLibTorchSharp.so libtorch_cpu.so'
        "$said" | Should -BeLike "*PSFINETUNE_RUNTIME*"
        Join-Path $first.Path 'libtorch_cpu.so' | Should -Exist
        $table = ($first | Format-Table | Out-String).Split([char[]] "`r`n", [System.StringSplitOptions]::RemoveEmptyEntries)
        $table[0] | Should -Match 'Runtime +Accelerator +Size +Path'
        $again = Install-FineTuneRuntime cpu -Runtime linux-x64 -Source (Join-Path $TestDrive 'nowhere') -Hash $hashes -Destination $root -PassThru -WarningAction SilentlyContinue
        $again.WasThere | Should -BeTrue
        Install-FineTuneRuntime cpu -Runtime linux-x64 -Source $feed -Hash $hashes -Destination $root -Force -WarningAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'installs where the environment names a folder, and is uninstalled from there' {
        try {
            $env:PSFINETUNE_RUNTIME = Join-Path $TestDrive 'named'
            $made = Install-FineTuneRuntime cpu -Runtime linux-x64 -Source $feed -Hash $hashes -PassThru -WarningVariable said -WarningAction SilentlyContinue
            $made.Path | Should -Be (Join-Path $TestDrive 'named/0.107.0-linux-x64-cpu')
            $said | Should -BeNullOrEmpty
            (Uninstall-FineTuneRuntime -Runtime linux-x64 -PassThru).Path | Should -Be $made.Path
            $made.Path | Should -Not -Exist
        }
        finally {
            $env:PSFINETUNE_RUNTIME = $null
        }
    }

    It 'refuses what is not the pinned package' {
        { Install-FineTuneRuntime cpu -Runtime linux-x64 -Source $feed -Destination (Join-Path $TestDrive 'pinned') } | Should -Throw -ErrorId 'WrongPackage,*'
        Get-ChildItem (Join-Path $TestDrive 'pinned') -Filter '0.*' | Should -BeNullOrEmpty
    }

    It 'refuses packages that nobody vouches for' {
        { Install-FineTuneRuntime cuda -Runtime win-x64 -Source $feed -Destination (Join-Path $TestDrive 'cuda') } | Should -Throw -ErrorId 'UnpinnedPackage,*'
        Join-Path $TestDrive 'cuda' | Should -Not -Exist
    }

    It 'names a combination that there is not' {
        { Install-FineTuneRuntime cuda -Runtime osx-arm64 -Source $feed -Destination (Join-Path $TestDrive 'mac') } | Should -Throw -ErrorId 'NoSuchRuntime,*'
    }

    It 'takes its choices from the list of runtimes' {
        { Install-FineTuneRuntime rocm -Runtime linux-x64 -Source $feed -Destination (Join-Path $TestDrive 'rocm') } | Should -Throw -ErrorId 'NoSuchRuntime,*'
        (TabExpansion2 'Install-FineTuneRuntime -Accelerator c').CompletionMatches.CompletionText | Should -Be 'cpu', 'cuda'
        (TabExpansion2 "New-FineTunePlan -Device 'cu").CompletionMatches.CompletionText | Should -Be 'cuda'
        (TabExpansion2 'Uninstall-FineTuneRuntime -Runtime win').CompletionMatches.CompletionText | Should -Be 'win-x64'
    }

    It 'makes a bundle that is a source' {
        $bundle = Install-FineTuneRuntime cpu -Runtime linux-x64 -Source $feed -Hash $hashes -DownloadOnly -Destination (Join-Path $TestDrive 'bundle') -PassThru
        $bundle.Files | Should -BeNullOrEmpty
        Get-Content (Join-Path $bundle.Path 'SHA256SUMS') | Should -HaveCount 2
        $installed = Install-FineTuneRuntime cpu -Runtime linux-x64 -Source $bundle.Path -Hash $hashes -Destination (Join-Path $TestDrive 'carried') -PassThru -WarningAction SilentlyContinue
        $installed.Files.Count | Should -Be 2
    }

    It 'says where to get what a folder does not have' {
        $empty = New-Item -ItemType Directory (Join-Path $TestDrive 'empty')
        $fault = { Install-FineTuneRuntime cpu -Runtime linux-x64 -Source $empty.FullName -Destination (Join-Path $TestDrive 'none') } | Should -Throw -ErrorId 'PackageNotFound,*' -PassThru
        $fault.ErrorDetails.RecommendedAction | Should -BeLike '*-Source*'
    }
}

# What the README and the examples show is run here, word for word.
BeforeAll {
    Import-Module PSFineTune
    $root = Split-Path (Split-Path $PSScriptRoot)

    # The code blocks of a language in a Markdown file.
    function Get-Block {
        param([string] $Path, [string] $Language)
        [regex]::Matches([System.IO.File]::ReadAllText($Path), "(?ms)^``````$Language\r?\n(.*?)^``````") | ForEach-Object { $_.Groups[1].Value }
    }

    # A script in a process of its own, as a scheduler runs it.
    function Invoke-Script {
        if ([System.Environment]::ProcessPath -match 'pwsh(\.exe)?$') { & ([System.Environment]::ProcessPath) -NoProfile -NonInteractive -File @args }
        else { & dotnet ([System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PSFineTune.Host' }).Location @args }
    }

    # The settings of the example, for a few small pictures.
    function Get-SmallSettings {
        [System.IO.File]::ReadAllText((Join-Path $root 'examples/nightly.task.json')) -replace '"epochs": 6', '"epochs": 1, "imageSize": 16' `
            -replace '"minimumAccuracy": 0.7, "minimumRecall": 0.5', '"minimumAccuracy": 0' -replace '"minimumMetric": 0.6', '"minimumMetric": 0, "minimumSamples": 2' `
            -replace '"notify": { "skip": false }', '"notify": { "skip": true }'
    }
}

Describe 'README' {
    It 'shows PowerShell that runs from top to bottom' {
        $blocks = @(Get-Block (Join-Path $root 'README.md') powershell)
        $blocks.Count | Should -BeGreaterThan 3
        # Fewer pictures and epochs; everything else as it is written.
        $script = ($blocks -join "`n") -replace '-Count 200', '-Count 20' -replace '-Epochs 6', '-Epochs 1'
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'readme-workspace'
        $null = New-Item -ItemType Directory (Join-Path $TestDrive 'readme')
        Push-Location (Join-Path $TestDrive 'readme')
        try {
            $ErrorActionPreference = 'Stop'
            $output = & ([scriptblock]::Create($script))
            $output | Should -Not -BeNullOrEmpty
            'grid.png', 'hotdog.psft', 'routed.psft', 'tickets.psft' | ForEach-Object { $_ | Should -Exist }
            @($output | Where-Object { $_ -in 'kitchen', 'reception' }).Count | Should -Be 1
        }
        finally {
            Pop-Location
            $env:PSFINETUNE_WORKSPACE = $before
        }
    }

    It 'has pages whose pictures and links are there' {
        foreach ($page in Get-ChildItem (Join-Path $root 'module/docs') -Filter *.md) {
            foreach ($link in [regex]::Matches([System.IO.File]::ReadAllText($page.FullName), '\]\(([^):#]+)\)')) {
                Join-Path $page.DirectoryName $link.Groups[1].Value | Should -Exist
            }
        }
    }

    It 'shows commands for a bare machine that run: <Command>' -ForEach @(
        @{ Command = 'dotnet run --project src/PSFineTune.Host -- examples/first-classifier.ps1' }
        @{ Command = 'pwsh ./build.ps1' }
        @{ Command = "pwsh -Command 'Import-Module ./artifacts/module/PSFineTune; ./examples/first-classifier.ps1'" }
        @{ Command = 'dotnet test' }
    ) {
        $lines = (Get-Block (Join-Path $root 'README.md') sh) -split "`n" | Where-Object { $_ }
        $lines.Count | Should -Be 4
        $lines | Should -Contain $Command
        # The test command is what runs this line, and building again under it would replace what it runs from.
        if ($Command -eq 'dotnet test' -or $Command -like '*build.ps1') { return }
        if ($Command -like 'pwsh*' -and -not (Get-Command pwsh -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no pwsh here'
            return
        }
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'command-workspace'
        Push-Location $root
        try {
            # Smaller than what a reader sees, and built already.
            $small = "-Path $TestDrive/command -Count 20 -Epochs 1"
            $line = $Command -replace 'dotnet run', 'dotnet run --no-build' -replace 'first-classifier\.ps1', "first-classifier.ps1 $small"
            $output = & ([scriptblock]::Create($line))
            $LASTEXITCODE | Should -Be 0
            $output -match 'from pretrained weights' | Should -Not -BeNullOrEmpty
        }
        finally {
            Pop-Location
            $env:PSFINETUNE_WORKSPACE = $before
        }
    }
}

Describe 'operating.md' -Skip:([System.Environment]::OSVersion.Platform -eq 'Win32NT') {
    BeforeAll {
        $page = Join-Path $root 'module/docs/operating.md'
        $before = $env:PSFINETUNE_WORKSPACE, $env:PSFINETUNE_STORE, $env:PSFINETUNE_TRUST, $env:PATH, $env:XDG_CONFIG_HOME, $env:PSFINETUNE_TEST_CRONTAB
        # The schedulers are stand-ins: what this account has registered is not touched.
        $tools = Join-Path $TestDrive 'tools'
        $null = New-Item -ItemType Directory $tools
        foreach ($tool in 'pwsh', 'systemctl') { Set-Content (Join-Path $tools $tool) '#!/bin/sh' }
        Set-Content (Join-Path $tools 'crontab') '#!/bin/sh', 'case "$1" in',
            '-l) if [ -f "$PSFINETUNE_TEST_CRONTAB" ]; then cat "$PSFINETUNE_TEST_CRONTAB"; else echo "no crontab for me" >&2; exit 1; fi ;;',
            '-r) rm "$PSFINETUNE_TEST_CRONTAB" ;;', '-) cat > "$PSFINETUNE_TEST_CRONTAB" ;;', 'esac'
        foreach ($tool in 'pwsh', 'crontab', 'systemctl') { [System.IO.File]::SetUnixFileMode((Join-Path $tools $tool), 'UserRead, UserWrite, UserExecute') }
        $env:PATH = $tools + [System.IO.Path]::PathSeparator + $env:PATH
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'config'
        $env:PSFINETUNE_TEST_CRONTAB = Join-Path $TestDrive 'crontab.txt'
        $env:PSFINETUNE_STORE = $env:PSFINETUNE_TRUST = $null
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'operating-workspace'
        $null = New-Item -ItemType Directory (Join-Path $TestDrive 'operating')
        Push-Location (Join-Path $TestDrive 'operating')
    }

    AfterAll {
        Pop-Location
        $env:PSFINETUNE_WORKSPACE, $env:PSFINETUNE_STORE, $env:PSFINETUNE_TRUST, $env:PATH, $env:XDG_CONFIG_HOME, $env:PSFINETUNE_TEST_CRONTAB = $before
    }

    It 'shows the settings of the example' {
        (@(Get-Block $page json)[0] -replace '\r') | Should -Be ([System.IO.File]::ReadAllText((Join-Path $root 'examples/nightly.task.json')) -replace '\r')
    }

    It 'runs from top to bottom' {
        Set-Content ./nightly.task.json (Get-SmallSettings)
        # Fewer and smaller pictures, one epoch; everything else as it is written.
        $script = (@(Get-Block $page powershell) -join "`n") -replace '-Count 100', '-Count 20' -replace '-Count 400', '-Count 24' -replace '-Count 40', '-Count 10' -replace '-Epochs 6', '-Epochs 1 -ImageSize 16'
        $ErrorActionPreference = 'Stop'
        $output = . ([scriptblock]::Create($script)) 3>$null
        # The first, forced, taken back, signed.
        $output | Should -Contain 'looked at the mistakes of both: it is better'
        @(Get-PublishedModel hotdog -Store ./store -History).Count | Should -BeGreaterThan 3
        (Test-FineTunePackage $outcome.Package -TrustedCertificate ./models.cer).Accepted | Should -BeTrue
        Test-FineTuneLedger -Quiet | Should -BeTrue
        Get-FineTuneTask hotdog* | Should -BeNullOrEmpty
    }
}

Describe 'Examples' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'own') -Count 10 -Size 24
        $examples = Join-Path $root 'examples'
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'first-classifier.ps1 writes a grid, a package and predictions' {
        $workspace = $env:PSFINETUNE_WORKSPACE
        $output = & (Join-Path $examples 'first-classifier.ps1') -Path (Join-Path $TestDrive 'first') -Count 20 -Epochs 1
        $env:PSFINETUNE_WORKSPACE = $workspace
        $output -match 'from pretrained weights' | Should -Not -BeNullOrEmpty
        'grid.png', 'hotdog.psft', 'predictions.csv' | ForEach-Object { Join-Path $TestDrive "first/$_" | Should -Exist }
        @(Import-Csv (Join-Path $TestDrive 'first/predictions.csv')).Count | Should -Be 5
    }

    It 'your-own-folder.ps1 makes a package of a folder' {
        $package = Join-Path $TestDrive 'own.psft'
        $null = & (Join-Path $examples 'your-own-folder.ps1') -Data (Join-Path $TestDrive 'own') -Weights Embedded -Model ResNet20 -Epochs 1 -Package $package 4>$null
        (Import-FineTuneModel $package).Classes | Should -Be 'hotdog', 'not-hotdog'
    }

    It 'tickets.ps1 makes a package of a table and routes tickets' {
        $workspace = $env:PSFINETUNE_WORKSPACE
        $output = & (Join-Path $examples 'tickets.ps1') -Path (Join-Path $TestDrive 'tickets') -Count 30
        $env:PSFINETUNE_WORKSPACE = $workspace
        $output | Should -Not -BeNullOrEmpty
        Join-Path $TestDrive 'tickets/tickets.psft' | Should -Exist
        $routed = @(Import-Csv (Join-Path $TestDrive 'tickets/routed.csv'))
        $routed.Count | Should -Be 5
        $routed[0].Terms | Should -Not -BeNullOrEmpty
    }

    It 'feature-selection.ps1 compares the selectors on some titles' -Skip:(-not $env:PSFINETUNE_ASSETS) {
        $workspace = $env:PSFINETUNE_WORKSPACE
        $titles, $dictionary = (Join-Path $env:PSFINETUNE_ASSETS 'text/thucnews-titles'), (Join-Path $env:PSFINETUNE_ASSETS 'vocab/jieba')
        $null = & (Join-Path $examples 'feature-selection.ps1') -Titles $titles -Dictionary $dictionary -Path (Join-Path $TestDrive 'selection') -K 100, 500 -Every 7
        $env:PSFINETUNE_WORKSPACE = $workspace
        $results = @(Import-Csv (Join-Path $TestDrive 'selection/accuracy.csv'))
        $results.Count | Should -Be 16
        [double]($results | Where-Object { $_.Selector -eq 'ChiSquare' -and $_.K -eq 500 })[0].Accuracy | Should -BeGreaterThan 0.8
        Join-Path $TestDrive 'selection/accuracy-2-classes.png' | Should -Exist
    }

    It 'chinese-news.ps1 compares all words with nouns' -Skip:(-not $env:PSFINETUNE_ASSETS) {
        $workspace = $env:PSFINETUNE_WORKSPACE
        $part = New-Item -ItemType Directory (Join-Path $TestDrive 'titles')
        $titles, $dictionary = (Join-Path $env:PSFINETUNE_ASSETS 'text/thucnews-titles'), (Join-Path $env:PSFINETUNE_ASSETS 'vocab/jieba')
        foreach ($name in 'dev.txt', 'test.txt') {
            $number = 0
            Get-Content (Join-Path $titles $name) | Where-Object { $number++ % 7 -eq 0 } | Set-Content (Join-Path $part $name)
        }
        Copy-Item (Join-Path $titles 'class.txt') $part
        $rows = @(& (Join-Path $examples 'chinese-news.ps1') -Titles $part -Dictionary $dictionary -Path (Join-Path $TestDrive 'news'))
        $env:PSFINETUNE_WORKSPACE = $workspace
        $rows[0].Words, $rows[1].Words | Should -Be 'all words', 'nouns'
        $rows[0].Accuracy | Should -BeGreaterThan 0.5
        $title = (Get-Content (Join-Path $part 'test.txt') -TotalCount 1) -split "`t" | Select-Object -First 1
        (Invoke-Prediction -Text $title -Model (Join-Path $TestDrive 'news/all-words.psft')).Terms.Count | Should -BeGreaterThan 0
    }

    It 'nightly.ps1 carries a task out and ends with its exit code' {
        $night = Join-Path $TestDrive 'night'
        New-SampleDataset (Join-Path $night 'photos') -Count 20 -Size 24
        New-SampleDataset (Join-Path $night 'incoming') -Count 10 -Size 24 -Seed 2
        Set-Content (Join-Path $night 'nightly.task.json') (Get-SmallSettings)
        $said = Invoke-Script (Join-Path $examples 'nightly.ps1') -Settings (Join-Path $night 'nightly.task.json')
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        Get-Content (Join-Path $night 'nights.log') | Should -Match ' hotdog 0 Version 1'
        Set-Content (Join-Path $night 'wrong.json') '{ "name": "wrong" }'
        $said = Invoke-Script (Join-Path $examples 'nightly.ps1') -Settings (Join-Path $night 'wrong.json')
        $LASTEXITCODE | Should -Be 50 -Because "$said"
        "$said" | Should -Match 'data.path'
    }

    It 'augmentation-presets.ps1 draws a grid of every preset' {
        $grids = & (Join-Path $examples 'augmentation-presets.ps1') -Path (Join-Path $TestDrive 'presets') -Images 1 -Versions 2 -Scale 0.8
        $grids.Count | Should -Be 8
        $grids | ForEach-Object { $_ | Should -Exist }
    }

    It 'both-recipes.ps1 compares the recipes' {
        $output = & (Join-Path $examples 'both-recipes.ps1') -Data (Join-Path $TestDrive 'own') -Weights Embedded -Model ResNet20 -Epochs 1 -ImageSize 16 | Out-String
        $output | Should -Match 'Tutorial'
        $output | Should -Match 'HeadOnly'
    }
}

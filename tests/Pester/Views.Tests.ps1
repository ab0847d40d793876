# What a person sees in a terminal of 80 columns, or in a log.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Views' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 16 -Size 24
        $run = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.3 |
            Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 16 -Epochs 3 -Threads 1 -BatchSize 8
        $measured = $run | Measure-FineTuneModel
        $outputs = @{
            Runs = { Get-FineTuneRun }
            Layers = { $run | Get-ModelLayer }
            Evaluation = { $measured }
            Classes = { $measured.PerClass }
            Epochs = { $run.Epochs }
            Worst = { $measured.TopLoss }
        }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It '<Name> fit 80 columns as a table and as a list, without escape codes' -ForEach @(
        @{ Name = 'Runs' }, @{ Name = 'Layers' }, @{ Name = 'Evaluation' }, @{ Name = 'Classes' }, @{ Name = 'Epochs' }, @{ Name = 'Worst' }
    ) {
        foreach ($text in (& $outputs[$Name] | Format-Table | Out-String -Width 79), (& $outputs[$Name] | Format-List | Out-String -Width 79), (& $outputs[$Name] | Out-String -Width 79)) {
            $text.Trim() | Should -Not -BeNullOrEmpty
            $text | Should -Not -Match "`e"
            ($text -split "`r?`n" | ForEach-Object { $_.TrimEnd().Length } | Sort-Object)[-1] | Should -BeLessOrEqual 79
        }
    }

    It 'lose nothing of what to do, nor of a path, at 80 columns' {
        $action = 'Run Install-FineTuneRuntime, which fetches it from the NuGet sources of this machine; for a machine without a network, Install-FineTuneRuntime -DownloadOnly on another and -Source here.'
        $path = '/srv/data/of/a/team/with/long/names/local/share/PSFineTune/runtimes/0.107.0-linux-x64-cpu/and/deeper'
        foreach ($pair in @(
                @([PSFineTune.Native.EnvironmentCheck]@{ Check = 'System libraries'; Detail = 'The tensor library is not installed.'; Action = $action }, $action),
                @([PSFineTune.Runtimes.FineTuneRuntime]@{ Runtime = 'linux-x64'; Accelerator = 'cpu'; Version = '0.107.0'; Path = $path; Bytes = 450MB }, $path),
                @([PSFineTune.Pretrained.PretrainedModel]@{ Name = 'efficientnet_b0'; Path = $path; Bytes = 20MB }, $path))) {
            $text = $pair[0] | Out-String -Width 79
            ($text -replace '\s') | Should -Match 'librar|linux|efficientnet'
            # Wrapped lines of one column, in order, with nothing between them but blanks.
            ($text -split "`r?`n" | ForEach-Object { if ($_.Length -gt 24) { $_.Substring(24) } }) -join '' -replace '\s' | Should -Match ([regex]::Escape(($pair[1] -replace '\s')))
            ($text -split "`r?`n" | ForEach-Object { $_.TrimEnd().Length } | Sort-Object)[-1] | Should -BeLessOrEqual 79
        }
    }

    It 'draw the curve of a run in its row' {
        Get-FineTuneRun | Out-String -Width 79 | Should -Match '[▁▂▃▄▅▆▇█]{3}'
        $run | Format-List | Out-String -Width 79 | Should -Match 'ValidationLoss : [▁▂▃▄▅▆▇█]{3}'
    }

    It 'say which layers are frozen, under the name of their group' {
        $text = $run.Plan | Lock-ModelLayer stem | Get-ModelLayer stem, head | Out-String -Width 79
        $text | Should -Match 'Group: stem'
        $text | Should -Match 'conv1\.weight +16x3x3x3 +432 +frozen'
        $text | Should -Match 'linear\.weight +2x64 +128 +[\d.]+'
    }

    It 'show a run that went through a job as it was' {
        $there = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($run, 4))
        $there | Out-String -Width 79 | Should -Match '[▁▂▃▄▅▆▇█]{3}'
    }
}

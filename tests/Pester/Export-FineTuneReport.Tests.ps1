# A run as one page.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Export-FineTuneReport' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 16 -Size 24
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.25 -TestFraction 0.25
        $plan = New-FineTunePlan ResNet20 -Dataset $data -Recipe Tutorial -ImageSize 16 -Epochs 2 -Threads 1 -BatchSize 8
        $run = $plan | Invoke-FineTune
        $other = $plan | Invoke-FineTune -Seed 7
        function Text($path) { [System.IO.File]::ReadAllText((Join-Path $TestDrive $path)) }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'writes a page from a record, an id or a folder, and says nothing' {
        $run | Export-FineTuneReport (Join-Path $TestDrive 'a.html') | Should -BeNullOrEmpty
        Export-FineTuneReport (Join-Path $TestDrive 'b') -Run $run.Id
        Get-Item $run.Path | Export-FineTuneReport (Join-Path $TestDrive 'c.htm')
        Text 'a.html' | Should -Match "^<!DOCTYPE html>"
        Text 'b.html' | Should -BeExactly (Text 'a.html')
        Text 'c.htm' | Should -BeExactly (Text 'a.html')
        Text 'a.html' | Should -Match 'test samples are named right'
        Text 'a.html' | Should -Not -Match ([regex]::Escape([string]$TestDrive))
    }

    It 'names title, split and findings' {
        $finding = [pscustomobject]@{ Rule = 'NearlyTheSame'; Severity = 'Warning'; Path = (Join-Path $TestDrive 'photos/hotdog/1.png'); Message = 'Two pictures are nearly the same.'; Action = 'Keep one.' }
        $file = $run | Export-FineTuneReport (Join-Path $TestDrive 'named.html') -Title 'Hot <dogs>' -Split Validation -Finding $finding -PassThru
        $file | Should -BeOfType ([System.IO.FileInfo])
        $page = Text 'named.html'
        $page | Should -Match 'Hot &lt;dogs&gt;'
        $page | Should -Match 'validation samples are named right'
        $page | Should -Match 'hotdog/1.png'
        $page | Should -Match '1 warning; the worst: Two pictures are nearly the same.'
    }

    It 'takes findings as a job or a csv leaves them, and nothing else' {
        $table = @{ Rule = 'FewSamples'; Severity = 'Error'; Message = 'Few & small.' }
        $left = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize([PSFineTune.Audit.AuditFinding] @{ Rule = 'Blur'; Severity = 'Warning'; Message = 'Blurred.' }))
        $run | Export-FineTuneReport (Join-Path $TestDrive 'found.html') -Finding $table, $left, ([pscustomobject]@{ Rule = 'Row'; Line = '7'; Path = 'a.csv'; Message = 'Odd.' })
        Text 'found.html' | Should -Match '1 error, 1 warning, 1 note; the worst: Few &amp; small.'
        Text 'found.html' | Should -Match 'a.csv, line 7'
        { $run | Export-FineTuneReport (Join-Path $TestDrive 'none.html') -Finding 3 } | Should -Throw '*none of a finding*'
    }

    It 'sets two runs side by side' {
        $run | Export-FineTuneReport (Join-Path $TestDrive 'both.html') -Compare $other.Id
        $page = Text 'both.html'
        $page | Should -Match 'Side by side'
        $page | Should -Match ([regex]::Escape($other.Id))
        $page | Should -Match 'seed'
    }

    It 'takes a package and data of its own' {
        $package = $run | Export-FineTuneModel (Join-Path $TestDrive 'dogs.psft') -PassThru
        $package | Export-FineTuneReport (Join-Path $TestDrive 'package.html') -Dataset $data
        Text 'package.html' | Should -Match 'test samples are named right'
    }

    It 'takes what a job left of a run' {
        $left = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($run, 4))
        $left | Export-FineTuneReport (Join-Path $TestDrive 'left.html')
        Text 'left.html' | Should -Match 'test samples are named right'
    }

    It 'replaces no file unless told to, writes nothing with -WhatIf, and only pages' {
        Set-Content (Join-Path $TestDrive 'old.html') 'old'
        { $run | Export-FineTuneReport (Join-Path $TestDrive 'old') } | Should -Throw -ErrorId 'FileExists*'
        $run | Export-FineTuneReport (Join-Path $TestDrive 'old.html') -Force
        Text 'old.html' | Should -Match 'named right'
        $run | Export-FineTuneReport (Join-Path $TestDrive 'none.html') -WhatIf
        Join-Path $TestDrive 'none.html' | Should -Not -Exist
        { $run | Export-FineTuneReport (Join-Path $TestDrive 'none.pdf') } | Should -Throw -ErrorId 'NotAPage*'
        { Export-FineTuneReport (Join-Path $TestDrive 'none.html') -Run nothing } | Should -Throw -ErrorId 'NoSuchRun*'
    }

    It 'writes about texts, too' {
        New-SampleDataset (Join-Path $TestDrive 'desk') -Kind Tickets -Count 20
        Import-TextDataset (Join-Path $TestDrive 'desk/tickets.csv') | Invoke-FineTune LinearSvm | Export-FineTuneReport (Join-Path $TestDrive 'texts.html')
        Text 'texts.html' | Should -Match 'LinearSvm'
    }
}

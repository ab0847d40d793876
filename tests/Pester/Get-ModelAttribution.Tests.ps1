# What a model looks at, from the pipeline to a picture.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Get-ModelAttribution' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 8 -Size 24
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.3
        $run = New-FineTunePlan ResNet20 -Dataset $data -ImageSize 16 -Epochs 1 -Threads 1 | Invoke-FineTune
        New-SampleDataset (Join-Path $TestDrive 'desk') -Kind Tickets -Count 20
        $texts = Import-TextDataset (Join-Path $TestDrive 'desk/tickets.csv')
        $machine = $texts | Invoke-FineTune LinearSvm
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'explains the worst mistakes and knows what they are' {
        $losses = ($run | Measure-FineTuneModel).TopLoss
        $found = $losses | Get-ModelAttribution -Model $run
        $found.Path | Should -Be $losses.Path
        $found.TrueLabel | Should -Be $losses.Label
        $found.Predicted | Should -Be $losses.Predicted
        $found[0].Method | Should -Be 'GradCam'
        $page = Join-Path $TestDrive 'why.html'
        $found | Show-ImageGrid -Path $page
        [System.IO.File]::ReadAllText($page) | Should -Match '<figcaption class="(right|wrong)"'
        $found | Show-ImageGrid -Path (Join-Path $TestDrive 'why.png') -PassThru | Should -Exist
    }

    It 'takes samples, predictions, files and paths' {
        $sample = $data.Validation[0]
        ($sample | Get-ModelAttribution -Model $run).TrueLabel | Should -Be $sample.Label
        ($sample.Path | Get-ModelAttribution -Model $run).TrueLabel | Should -BeNullOrEmpty
        ($sample.Path | Invoke-Prediction -Model $run | Get-ModelAttribution -Model $run).TrueLabel | Should -BeNullOrEmpty
        (Get-Item $sample.Path | Get-ModelAttribution -Model $run.Id).Path | Should -Be $sample.Path
        (Get-ModelAttribution $sample.Path -Model $run).Heat.Values.Count | Should -BeGreaterThan 1
    }

    It 'takes methods by name and with settings' {
        $path = $data.Validation[0].Path
        (Get-ModelAttribution $path -Model $run -Method @{ Occlusion = @{ PatchSize = 8; Stride = 4 } }).Heat.Width | Should -Be 4
        (Get-ModelAttribution $path -Model $run -Layer stem).Heat.Width | Should -Be 16
        (Get-ModelAttribution $path -Model $run -Method gradcam -Layer stage2).Layer | Should -Be 'stage2'
        $other = $run.Classes | Where-Object { $_ -ne (Invoke-Prediction $path -Model $run).Label } | Select-Object -First 1
        (Get-ModelAttribution $path -Model $run -Label $other).Label | Should -Be $other
    }

    It 'says once what does not fit' {
        $paths = $data.Validation.Path
        { Get-ModelAttribution $paths -Model $run -Layer stage9 } | Should -Throw -ErrorId 'UnknownName,*'
        { Get-ModelAttribution $paths -Model $run -Layer head } | Should -Throw -ErrorId 'FlatLayer,*'
        { Get-ModelAttribution $paths -Model $run -Label cat } | Should -Throw -ErrorId 'NoSuchClass,*'
        { Get-ModelAttribution $paths -Model $run -Method TermContribution } | Should -Throw -ErrorId 'MethodDoesNotFit,*'
    }

    It 'goes on behind an item that cannot be read' {
        Set-Content (Join-Path $TestDrive 'broken.png') 'no picture'
        $found = @((Join-Path $TestDrive 'broken.png'), $data.Validation[0].Path) | Get-ModelAttribution -Model $run -ErrorVariable wrong -ErrorAction SilentlyContinue
        @($found).Count | Should -Be 1
        @($wrong).Count | Should -Be 1
    }

    It 'weighs the words of texts' {
        $sample = $texts.Train[0]
        $found = $sample | Get-ModelAttribution -Model $machine
        $found.TrueLabel | Should -Be $sample.Label
        foreach ($word in $found.Words) { $found.Text.Substring($word.From, $word.Word.Length) | Should -Be $word.Word }
        ($found.Words | Measure-Object Weight -Sum).Sum | Should -BeGreaterThan 0
        $page = Join-Path $TestDrive 'words.html'
        @($found, $sample, (Get-ModelAttribution -Text 'a <b> & the invoice' -Model $machine -Method Occlusion)) | Show-ImageGrid -Title None -Path $page
        $content = [System.IO.File]::ReadAllText($page)
        $content | Should -Match '<span title="[+-][0-9.]+" style="background:#[0-9a-f]{6}">'
        $content | Should -Match '&lt;<span'
        $found | Show-ImageGrid -Path (Join-Path $TestDrive 'words.png') -PassThru | Should -Exist
    }

    It 'is as sure as a prediction of a calibrated package' {
        $package = Join-Path $TestDrive 'calibrated.psft'
        $run | Export-FineTuneModel $package -Calibrate -WarningAction SilentlyContinue
        (Import-FineTuneModel $package).Temperature | Should -Not -Be 1
        $said = $data.Validation[0] | Invoke-Prediction -Model $package
        $found = $data.Validation[0] | Get-ModelAttribution -Model $package
        [Math]::Abs($found.Confidence - $said.Confidence) | Should -BeLessThan 1e-4
    }

    It 'does not take what a model says for the truth' {
        $again = $texts.Train[0].Text | Get-ModelAttribution -Model $machine | Get-ModelAttribution -Model $machine
        $again.TrueLabel | Should -BeNullOrEmpty
    }

    It 'shows a text that was cut within a character' {
        'printer ' + [char] 0xD83D + ' jam' | Get-ModelAttribution -Model $machine | Show-ImageGrid -Path (Join-Path $TestDrive 'cut.png') -PassThru | Should -Exist
    }

    It 'shows what a job has left of it' {
        $found = $texts.Train[0] | Get-ModelAttribution -Model $machine
        $left = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($found))
        $pages = (Join-Path $TestDrive 'here.html'), (Join-Path $TestDrive 'left.html')
        $found | Show-ImageGrid -Path $pages[0]
        $left | Show-ImageGrid -Path $pages[1]
        [System.IO.File]::ReadAllText($pages[1]) | Should -Be ([System.IO.File]::ReadAllText($pages[0]))
        $heat = $data.Validation[0] | Get-ModelAttribution -Model $run
        $left = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($heat))
        $heat | Show-ImageGrid -Path $pages[0]
        $left | Show-ImageGrid -Path $pages[1]
        [System.IO.File]::ReadAllText($pages[1]) | Should -Be ([System.IO.File]::ReadAllText($pages[0]))
    }

    It 'shows texts as texts, green where a model is right' {
        $page = Join-Path $TestDrive 'texts.html'
        @($texts.Validation | Select-Object -First 3 | Invoke-Prediction -Model $machine) | Show-ImageGrid -Dataset $texts -Path $page
        $content = [System.IO.File]::ReadAllText($page)
        [regex]::Matches($content, '<p dir="auto"').Count | Should -Be 3
        $content | Should -Match '<figcaption class="(right|wrong)"'
    }
}

BeforeAll {
    Import-Module PSFineTune
    $file = Join-Path $TestDrive 'tickets.svm'
    Set-Content $file '# three tickets', '1 1:0.5 3:2', '-1 2:1 # late', '1 3:0.25 7:1e-3'
}

Describe 'Import-LibSvmData' {
    It 'reads samples with their labels' {
        $sparse = Import-LibSvmData $file
        $sparse.Count | Should -Be 3
        $sparse.Width | Should -Be 7
        $sparse.Stored | Should -Be 5
        $sparse.Path | Should -Be $file
        $sparse.LabelCounts.Label | Should -Be -1, 1
        $sparse.LabelCounts[1].Count | Should -Be 2
        $sparse.Sample(2).Indices | Should -Be 3, 7
        @($sparse.Samples()).Values | Should -Be 0.5, 2, 1, 0.25, 0.001
    }

    It 'names the line of what is wrong, and goes on with other files' {
        $bad = Join-Path $TestDrive 'bad.svm'
        Set-Content $bad '1 1:1', '1 2:1 1:1'
        $found = @($bad, $file | Import-LibSvmData -ErrorVariable wrong -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 1
        $wrong.Count | Should -Be 1
        $wrong[0].FullyQualifiedErrorId | Should -BeLike 'BadLibSvmLine,*'
        $wrong[0].Exception.Message | Should -BeLike '*line 2: index 1 follows index 2*'
    }

    It 'takes wildcards, and names with brackets as they are' {
        $odd = Join-Path $TestDrive 'a[1].svm'
        Set-Content -LiteralPath $odd '0 1:1'
        (Import-LibSvmData -LiteralPath $odd).Count | Should -Be 1
        @(Import-LibSvmData (Join-Path $TestDrive 'tick*.svm')).Count | Should -Be 1
        { Import-LibSvmData (Join-Path $TestDrive 'none.svm') -ErrorAction Stop } | Should -Throw -ErrorId 'CannotRead,*'
    }

    It 'shows a table' {
        Import-LibSvmData $file | Out-String | Should -Match 'Count\s+Width\s+Stored\s+Labels\s+Path'
    }
}

Describe 'Export-LibSvmData' {
    It 'writes what reads back as the same' {
        $out = Join-Path $TestDrive 'out.svm'
        $written = Import-LibSvmData $file | Export-LibSvmData $out -PassThru
        $written.FullName | Should -Be $out
        Get-Content $out | Should -Be '1 1:0.5 3:2', '-1 2:1', '1 3:0.25 7:0.001'
    }

    It 'keeps a file that is there, unless told' {
        $out = Join-Path $TestDrive 'kept.svm'
        Set-Content $out 'mine'
        $sparse = Import-LibSvmData $file
        { $sparse | Export-LibSvmData $out } | Should -Throw -ErrorId 'FileExists,*'
        $sparse | Export-LibSvmData $out -WhatIf
        Get-Content $out | Should -Be 'mine'
        $sparse | Export-LibSvmData $out -Force
        (Import-LibSvmData $out).Count | Should -Be 3
    }
}

Describe 'Texts and machines beside LIBSVM' {
    BeforeDiscovery {
        $absent = -not (Get-Command svm-predict -CommandType Application -ErrorAction Ignore)
    }

    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset $TestDrive/desk -Kind Tickets -Count 40
        $texts = Import-TextDataset $TestDrive/desk/tickets.csv
        $words = New-TextPipeline -Weighting Binary -MinDocuments 2
        $run = $texts | Invoke-FineTune @{ Svm = @{ Kernel = @{ RbfKernel = @{ Gamma = 0.05 } }; C = 10 } } -TextPipeline $words
        $texts | ConvertTo-LibSvmData -TextPipeline $words | Export-LibSvmData $TestDrive/words.train
        $held = $texts | ConvertTo-LibSvmData -Model $run -Split Validation
        $held | Export-LibSvmData $TestDrive/words.test
        $run | Export-LibSvmModel $TestDrive/words.model
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'makes the same numbers of texts by a pipeline and by a model of it' {
        $held.Count | Should -Be $texts.Validation.Count
        ($texts | ConvertTo-LibSvmData -Model $run).Stored | Should -Be ($texts | ConvertTo-LibSvmData -TextPipeline $words).Stored
    }

    It 'runs its own file with the predictions of the run' {
        $said = @($held | Invoke-LibSvmModel $TestDrive/words.model)
        $said.Count | Should -Be $held.Count
        @($said | Where-Object { $_.Label -eq $_.Predicted }).Count / $said.Count | Should -Be $run.Accuracy
    }

    It 'is run by svm-predict with equal predictions' -Skip:$absent {
        $null = svm-predict $TestDrive/words.test $TestDrive/words.model $TestDrive/predicted
        [int[]](Get-Content $TestDrive/predicted) | Should -Be ($held | Invoke-LibSvmModel $TestDrive/words.model).Predicted
    }

    It 'runs a file of svm-train with equal predictions' -Skip:$absent {
        $null = svm-train -q -t 2 -g 0.05 -c 10 $TestDrive/words.train $TestDrive/theirs.model
        $null = svm-predict $TestDrive/words.test $TestDrive/theirs.model $TestDrive/predicted
        [int[]](Get-Content $TestDrive/predicted) | Should -Be ($held | Invoke-LibSvmModel $TestDrive/theirs.model).Predicted
    }

    It 'says which models have a file of LIBSVM' {
        $linear = $texts | Invoke-FineTune LinearSvm
        { $linear | Export-LibSvmModel $TestDrive/linear.model } | Should -Throw -ErrorId 'NoTermModel*'
        "$TestDrive/linear.model" | Should -Not -Exist
    }
}

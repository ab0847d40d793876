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

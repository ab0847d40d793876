BeforeAll {
    Import-Module PSFineTune
    $before = $env:PSFINETUNE_WORKSPACE
    $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
    New-SampleDataset (Join-Path $TestDrive 'desk') -Kind Tickets -Count 40
    $file = Join-Path $TestDrive 'desk/tickets.csv'
}

AfterAll {
    $env:PSFINETUNE_WORKSPACE = $before
}

Describe 'Import-TextDataset' {
    Context 'a csv file' {
        It 'gives classes, samples and a fingerprint' {
            $data = Import-TextDataset $file -TextColumn body -LabelColumn queue
            $data | Should -BeOfType ([PSFineTune.Data.TextDataset])
            $data.Classes | Should -Be 'access', 'billing', 'hardware', 'network'
            $data.Train.Count + $data.Validation.Count | Should -Be 160
            $data.Train[0].Text | Should -Not -BeNullOrEmpty
            $data.Train[0].Label | Should -BeIn $data.Classes
            $data.Train[0].Path | Should -Be $file
            $data.Train[0].Line | Should -BeGreaterThan 1
            $data.Fingerprint | Should -Match '^[0-9a-f]{64}$'
            $data.Encoding | Should -Be 'utf-8'
            $data.Format.Delimiter | Should -Be ','
            foreach ($row in $data.ClassCounts) { $row.Train | Should -BeGreaterThan 20 }
        }

        It 'finds columns of usual names, and says so' {
            $said = Import-TextDataset $file -Verbose 4>&1
            ($said | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }) -join ' ' | Should -Match "Csv.*utf-8.*'body'.*'queue'"
            (Import-TextDataset $file).LabelColumn | Should -Be 'queue'
        }

        It 'shows itself in a list, and samples in a table' {
            Import-TextDataset $file | Out-String | Should -Match 'Format\s*: Csv, utf-8'
            (Import-TextDataset $file).Train | Select-Object -First 2 | Out-String | Should -Match 'Line\s+Label\s+Split\s+Text'
        }

        It 'carries the metadata that are asked for' {
            (Import-TextDataset $file).Train[0].Metadata.Count | Should -Be 0
            (Import-TextDataset $file -MetadataColumn id).Train[0].Metadata['id'] | Should -Match '^\w+-\d{4}$'
        }

        It 'has the same splits again, others with another seed, and a test where asked for' {
            $one = Import-TextDataset $file
            (Import-TextDataset $file).Fingerprint | Should -Be $one.Fingerprint
            (Import-TextDataset $file -Seed 7).Fingerprint | Should -Not -Be $one.Fingerprint
            (Import-TextDataset $file -TestFraction .3).Test.Count | Should -BeGreaterThan 20
        }
    }

    Context 'what PowerShell writes' {
        It 'is read: Export-Csv <Name>' -ForEach @(
            @{ Name = 'with commas'; Settings = @{ Delimiter = ',' } }
            @{ Name = 'with tabs'; Settings = @{ Delimiter = "`t" } }
            @{ Name = 'with semicolons, as Unicode'; Settings = @{ Delimiter = ';'; Encoding = 'unicode' } }
        ) {
            $copy = Join-Path $TestDrive "copy.$(if ($Settings.Delimiter -eq "`t") { 'tsv' } else { 'csv' })"
            Import-Csv $file | Export-Csv $copy @Settings
            (Import-TextDataset $copy).Fingerprint | Should -Be (Import-TextDataset $file).Fingerprint
        }

        It 'is read: a JSON object a line' {
            $copy = Join-Path $TestDrive 'copy.jsonl'
            Import-Csv $file | ForEach-Object { $_ | ConvertTo-Json -Compress } | Set-Content $copy
            (Import-TextDataset $copy).Fingerprint | Should -Be (Import-TextDataset $file).Fingerprint
        }
    }

    Context 'formats and files' {
        It 'takes a format by name or with settings' {
            $labels = Join-Path $TestDrive 'labels.txt'
            1..12 | ForEach-Object { "$($_ % 2)|text $_" } | Set-Content $labels
            $data = Import-TextDataset $labels -Format @{ Csv = @{ Delimiter = '|'; Header = 'label,text' } }
            $data.Train.Count + $data.Validation.Count | Should -Be 12
            1..12 | ForEach-Object { "$($_ % 2) text $_" } | Set-Content $labels
            (Import-TextDataset $labels -Format LabelFirst).Fingerprint | Should -Be $data.Fingerprint
            { Import-TextDataset $labels -Format LabelLast } | Should -Throw "*Did you mean 'LabelFirst'?*"
        }

        It 'trains on one file and tests on another' {
            $test = Join-Path $TestDrive 'other.csv'
            Import-Csv $file | Select-Object -First 8 | ForEach-Object { $_.body += ' now'; $_ } | Export-Csv $test
            $data = Import-TextDataset $file -TestPath $test
            $data.Test.Count | Should -Be 8
            $data.Train.Count + $data.Validation.Count | Should -Be 160
        }

        It 'takes wildcards, literal paths and files from the pipeline' {
            (Import-TextDataset (Join-Path $TestDrive 'desk/*.csv')).Root | Should -Be $file
            (Get-Item $file | Import-TextDataset).Root | Should -Be $file
            $odd = Join-Path $TestDrive 'odd[1].csv'
            [System.IO.File]::Copy($file, $odd)
            (Import-TextDataset -LiteralPath $odd).Root | Should -Be $odd
        }

        It 'says where an encoding is a guess, and takes one by name' {
            $western = Join-Path $TestDrive 'western.csv'
            $lines = @('text,label') + (1..12 | ForEach-Object { "Ger$([char]0xE4)t $_ f$([char]0xE4)llt aus,$($_ % 2)" })
            [System.IO.File]::WriteAllBytes($western, [byte[]] [char[]] (($lines -join "`n") + "`n"))
            (Import-TextDataset $western -WarningVariable said -WarningAction SilentlyContinue).Encoding | Should -Be 'windows-1252'
            "$said" | Should -Match 'is not UTF-8 and is read as windows-1252'
            $data = Import-TextDataset $western -Encoding windows-1252 -WarningVariable said
            $said | Should -BeNullOrEmpty
            $data.Train[0].Text | Should -Match "Ger$([char]0xE4)t"
        }
    }

    Context 'rows that cannot be used' {
        BeforeAll {
            $broken = Join-Path $TestDrive 'broken.csv'
            Set-Content $broken (@('text,label') + (1..12 | ForEach-Object { "text $_,$($_ % 2)" }) + ',1' + 'text 14,')
        }

        It 'stop the import, which is the default, and are named' {
            $thrown = { Import-TextDataset $broken } | Should -Throw '*2 of 14 rows*line 14: its text is empty*line 15: its label is empty*' -ErrorId 'BadText*' -PassThru
            $thrown.CategoryInfo.Category | Should -Be 'InvalidData'
            $thrown.ErrorDetails.RecommendedAction | Should -Match '-OnBadText Skip'
        }

        It 'are listed with Skip' {
            $data = Import-TextDataset $broken -OnBadText Skip -ErrorVariable faults
            $faults | Should -BeNullOrEmpty
            $data.Skipped.Line | Should -Be 14, 15
        }

        It 'are an error each with Report, and the dataset comes out' {
            $data = Import-TextDataset $broken -OnBadText Report -ErrorVariable faults -ErrorAction SilentlyContinue
            $data.Skipped.Count | Should -Be 2
            $faults.Count | Should -Be 2
            $faults[0].FullyQualifiedErrorId | Should -BeLike 'BadText*'
        }
    }

    Context 'errors' {
        It '<Id>' -ForEach @(
            @{ Id = 'DatasetNotFound'; Settings = @{ Path = 'none.csv' } }
            @{ Id = 'UnknownColumn'; Settings = @{ TextColumn = 'bodi' } }
            @{ Id = 'UnknownName'; Settings = @{ Encoding = 'utf-9' } }
            @{ Id = 'PatternWithoutColumn'; Settings = @{ GroupPattern = '\d+' } }
            @{ Id = 'BadFraction'; Settings = @{ ValidationFraction = 1 } }
            @{ Id = 'TooManyClasses'; Settings = @{ LabelColumn = 'id' }; Many = $true }
        ) {
            $path = $file
            if ($Many) {
                $path = Join-Path $TestDrive 'many.csv'
                [System.IO.File]::WriteAllText($path, "id,body,queue`n" + (-join (1..10001 | ForEach-Object { "$_,x,y`n" })))
            }
            $all = @{ Path = $path } + @{}
            foreach ($name in $Settings.Keys) { $all[$name] = $Settings[$name] }
            $thrown = { Import-TextDataset @all } | Should -Throw -ErrorId "$Id,*" -PassThru
            $thrown.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
    }
}

# Find-LearningRate, Get-FineTunePlan and Invoke-FineTune -WhatIf: a plan tried on a copy.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'A plan tried on a copy' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        $photos = Join-Path $TestDrive 'photos'
        New-SampleDataset $photos -Count 20 -Size 24
        $data = Import-ImageDataset $photos -ValidationFraction 0.3
        $plan = New-FineTunePlan ResNet20 -Dataset $data -Recipe Tutorial -ImageSize 16 -Epochs 3 -Threads 1 -BatchSize 8

        # Every file and folder with its content and the time it was written.
        function Get-Tree {
            foreach ($path in [System.IO.Directory]::GetFileSystemEntries($TestDrive, '*', 'AllDirectories') | Sort-Object) {
                $content = if ([System.IO.File]::Exists($path)) { [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.IO.File]::ReadAllBytes($path))) }
                "$path $([System.IO.File]::GetLastWriteTimeUtc($path).Ticks) $content"
            }
        }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    Context 'Find-LearningRate' {
        BeforeAll {
            $tree = Get-Tree
            $curve = $plan | Find-LearningRate
        }

        It 'suggests rates and changes nothing' {
            $curve.Suggestion | Should -BeGreaterThan 1e-6
            $curve.Suggestion | Should -BeLessThan 1
            $curve.Steep | Should -BeGreaterThan 0
            $curve.MinimumOverTen | Should -BeGreaterThan 0
            $curve.Points.Count | Should -BeGreaterThan 30
            Get-Tree | Should -Be $tree
        }

        It 'gives a rate that a plan takes' {
            (New-FineTunePlan ResNet20 -Dataset $data -LearningRate $curve.Suggestion).Optimizer.LearningRate | Should -Be $curve.Suggestion
        }

        It 'gives the plan with -PassThru, and the curve as a picture' {
            $picture = Join-Path $TestDrive 'rates.png'
            $found = $plan | Find-LearningRate -PassThru -Path $picture
            $found.Optimizer.LearningRate | Should -Be $curve.Suggestion
            $found.Epochs | Should -Be 3
            [System.IO.File]::ReadAllBytes($picture)[0, 1] | Should -Be 0x89, 0x50
            Remove-Item $picture
        }

        It 'takes the settings of a plan, and writes no picture with -WhatIf' {
            $picture = Join-Path $TestDrive 'none.html'
            $short = $data | Find-LearningRate ResNet20 -ImageSize 16 -Threads 1 -BatchSize 8 -Path $picture -WhatIf
            $short.Model | Should -Be 'ResNet20'
            $picture | Should -Not -Exist
        }

        It 'says where nothing is learned' {
            $fault = { $plan | Find-LearningRate -Start 1e-12 -End 1e-11 } | Should -Throw -PassThru
            $fault.FullyQualifiedErrorId | Should -BeLike 'NoDescent,*'
            { $plan | Find-LearningRate -Start 1 -End 0.1 } | Should -Throw -ErrorId 'BadPlanSetting*'
        }
    }

    Context 'A measured plan' {
        It 'comes from <Name>, and nothing is written' -ForEach @(
            @{ Name = 'Get-FineTunePlan'; Measure = { $plan | Get-FineTunePlan } }
            @{ Name = 'Get-FineTunePlan, short'; Measure = { $data | Get-FineTunePlan ResNet20 -ImageSize 16 -Threads 1 -BatchSize 8 -Epochs 3 -Steps 5 } }
            @{ Name = 'Get-FineTunePlan in BFloat16'; Measure = { $plan | Get-FineTunePlan -Precision BFloat16 -WarningAction SilentlyContinue } }
            @{ Name = 'Invoke-FineTune -WhatIf'; Measure = { $plan | Invoke-FineTune -WhatIf } }
            @{ Name = 'a workspace that is not there'; Measure = { $plan | Invoke-FineTune -WhatIf -Workspace (Join-Path $TestDrive 'not/there') } }
        ) {
            $tree = Get-Tree
            $estimate = @(& $Measure)
            $estimate.Count | Should -Be 1
            $estimate[0].Model | Should -Be 'ResNet20'
            $estimate[0].Epochs | Should -Be 3
            $estimate[0].StepSecondsP50 | Should -BeGreaterThan 0
            $estimate[0].DurationLow | Should -BeLessOrEqual $estimate[0].DurationHigh
            $estimate[0].Fits | Should -BeTrue
            $estimate[0].Threads | Should -Be 1
            Get-Tree | Should -Be $tree
        }

        It 'is refused, as its run is, where its device is not there: <Name>' -ForEach @(
            @{ Name = 'Get-FineTunePlan'; Begin = { $plan | Get-FineTunePlan -Device cuda:7 } }
            @{ Name = 'Invoke-FineTune'; Begin = { $plan | Invoke-FineTune -Device cuda:7 } }
            @{ Name = 'Invoke-FineTune -WhatIf'; Begin = { $plan | Invoke-FineTune -Device cuda:7 -WhatIf } }
            @{ Name = 'Find-LearningRate'; Begin = { $plan | Find-LearningRate -Device cuda:7 } }
        ) {
            $tree = Get-Tree
            $thrown = { & $Begin } | Should -Throw "*'cuda:7'*Devices: cpu*" -ErrorId 'NoSuchDevice*' -PassThru
            $thrown.ErrorDetails.RecommendedAction | Should -Match 'Leave out -Device'
            Get-Tree | Should -Be $tree
        }

        It 'is shown in a few lines' {
            $plan | Get-FineTunePlan | Out-String | Should -Match 'Duration +: \d\d:\d\d:\d\d to \d\d:\d\d:\d\d'
        }
    }

    Context 'A measured plan whose frozen layers are computed once' {
        BeforeAll {
            $fast = New-FineTunePlan ResNet20 -Dataset $data -Recipe Fast -ImageSize 16 -Epochs 2 -Threads 1 -BatchSize 8
            $fresh = Join-Path $TestDrive 'fresh'
        }

        It 'has preparation and cache, before a run' {
            $tree = Get-Tree
            $estimate = $fast | Get-FineTunePlan -Workspace $fresh
            $estimate.PreparationSeconds | Should -BeGreaterThan 0
            $estimate.CacheBytes | Should -BeGreaterThan 1000
            $estimate.DurationLow.TotalSeconds | Should -BeGreaterThan $estimate.PreparationSeconds
            $estimate.Run | Should -BeNullOrEmpty
            Get-Tree | Should -Be $tree
            $shown = $estimate | Out-String
            $shown | Should -Match 'Preparation'
            $shown | Should -Not -Match '(?m)^Run '
        }

        It 'is, with -Resume, what is left of a run' {
            $run = $fast | Invoke-FineTune -Workspace $fresh
            $tree = Get-Tree
            $nothing = $fast | Invoke-FineTune -Resume -WhatIf -Workspace $fresh -Verbose 4>&1
            $nothing[0].Message | Should -Match 'is finished'
            $nothing[-1].Run | Should -Be $run.Id
            $nothing[-1].Epochs, $nothing[-1].Steps, $nothing[-1].DurationHigh.TotalSeconds | Should -Be 0, 0, 0
            $nothing[-1] | Out-String | Should -Match 'nothing is left'
            $nothing[-1] | Out-String | Should -Not -Match 'Preparation'
            ($fast | Invoke-FineTune -WhatIf -Workspace $fresh).Epochs | Should -Be 2
            Get-Tree | Should -Be $tree
        }
    }
}

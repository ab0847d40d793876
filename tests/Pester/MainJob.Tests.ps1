# From a folder of pictures to predictions: training, its record, judging, the package and its use.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'The main job' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 12 -Size 24
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos') -ValidationFraction 0.3 -TestFraction 0.2
        $plan = New-FineTunePlan ResNet20 -Dataset $data -Recipe Tutorial -ImageSize 16 -Epochs 2 -Threads 1 -BatchSize 8
        $run = $plan | Invoke-FineTune -InformationVariable said
        $package = Join-Path $TestDrive 'model.psft'
        $run | Export-FineTuneModel $package
        $photos = Get-ChildItem (Join-Path $TestDrive 'photos/hotdog') -Filter *.png

        # Every file below a folder with its hash, as one text.
        function Get-Tree {
            param([string] $Path)
            (Get-ChildItem $Path -Recurse -File | Sort-Object FullName | ForEach-Object { "$($_.FullName) $((Get-FileHash $_.FullName).Hash)" }) -join "`n"
        }

        # The id and the recommendation of the error that a script block ends with.
        function Get-Fault {
            param([scriptblock] $Script)
            try { & $Script | Out-Null } catch { return $_ }
        }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    Context 'Invoke-FineTune' {
        It 'writes exactly one record of what happened' {
            @($run).Count | Should -Be 1
            $run | Should -BeOfType ([PSFineTune.Training.RunRecord])
            $run.Epochs.Epoch | Should -Be 1, 2
            $run.ExitCode | Should -Be 0
            $run.Classes | Should -Be 'hotdog', 'not-hotdog'
            $run.WeightsHash | Should -Match '^[0-9a-f]{64}$'
            $run.Accuracy | Should -Be ($run.Epochs.Accuracy | Measure-Object -Maximum).Maximum
        }

        It 'puts each epoch on the information stream' {
            $epochs = $said | Where-Object { $_.Tags -contains 'Epoch' }
            $epochs.MessageData.Epoch | Should -Be 1, 2
            $epochs[0].MessageData | Should -BeOfType ([PSFineTune.Training.EpochMetric])
        }

        It 'keeps record, log and checkpoints whole on disk' {
            Join-Path $run.Path 'record.json' | Should -Exist
            (Get-Content (Join-Path $run.Path 'log.jsonl')).Count | Should -Be 2
            (Get-ChildItem (Join-Path $run.Path 'checkpoints')).Name | Should -Be 'epoch-0001', 'epoch-0002'
            Get-ChildItem $run.Path -Recurse | Where-Object Name -Like '*.tmp' | Should -BeNullOrEmpty
        }

        It 'gives the same weights for the same seed, and lets settings override the plan' {
            ($plan | Invoke-FineTune).WeightsHash | Should -Be $run.WeightsHash
            $other = $plan | Invoke-FineTune -Seed 7 -Epochs 1
            $other.WeightsHash | Should -Not -Be $run.WeightsHash
            $other.Plan.Epochs | Should -Be 1
            $plan.Seed | Should -Be 42
        }

        It 'writes a verbose line an epoch' {
            $lines = $plan | Invoke-FineTune -Epochs 1 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like 'epoch *' }
            @($lines).Count | Should -Be 1
        }

        It 'takes a dataset and a model, the short way' {
            $short = $data | Invoke-FineTune ResNet20 -Recipe HeadOnly -ImageSize 16 -Epochs 1 -Threads 1
            $short.Plan.Recipe | Should -Be 'HeadOnly'
            $short.Epochs.Count | Should -Be 1
        }

        It 'changes nothing with -WhatIf' {
            $tree = Get-Tree $TestDrive
            ($plan | Invoke-FineTune -WhatIf).GetType().Name | Should -Be 'PlanEstimate'
            Get-Tree $TestDrive | Should -Be $tree
        }

        It 'refuses <Name> <Value>' -ForEach @(
            @{ Name = 'LearningRate'; Value = [double]::NaN }
            @{ Name = 'LearningRate'; Value = 0 }
            @{ Name = 'Epochs'; Value = 0 }
            @{ Name = 'BatchSize'; Value = -1 }
        ) {
            $setting = @{ $Name = $Value }
            $fault = Get-Fault { $plan | Invoke-FineTune @setting }
            $fault.FullyQualifiedErrorId | Should -BeLike 'BadPlanSetting,*'
            $fault.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'says when the loss explodes, and keeps the last checkpoint' {
            $fault = Get-Fault { $plan | Invoke-FineTune -LearningRate 1e30 }
            $fault.FullyQualifiedErrorId | Should -BeLike 'LossNotFinite,*'
            (Get-FineTuneRun -First 1).ExitCode | Should -Be 1
        }

        It 'says when the last step of an epoch broke the weights, and keeps no such checkpoint' {
            # One step: its loss is a number still, what it leaves behind is not.
            $fault = Get-Fault { $plan | Invoke-FineTune -LearningRate 1e30 -Epochs 1 -BatchSize $data.Train.Count }
            $fault.FullyQualifiedErrorId | Should -BeLike 'LossNotFinite,*'
            $failed = Get-FineTuneRun -First 1
            $failed.ExitCode | Should -Be 1
            Join-Path $failed.Path 'checkpoints' | Should -Not -Exist
        }

        It 'says when the data have changed since the plan' {
            New-SampleDataset (Join-Path $TestDrive 'moving') -Count 8 -Size 16
            $old = New-FineTunePlan ResNet20 -Dataset (Import-ImageDataset (Join-Path $TestDrive 'moving')) -Recipe Tutorial -ImageSize 16
            Remove-Item (Join-Path $TestDrive 'moving/hotdog/hotdog-0001.png')
            (Get-Fault { $old | Invoke-FineTune }).FullyQualifiedErrorId | Should -BeLike 'DatasetChanged,*'
        }
    }

    Context 'Get-FineTuneRun' {
        BeforeAll {
            # The runs of other contexts are gone with them.
            $later = 1, 2 | ForEach-Object { $plan | Invoke-FineTune -Epochs 1 -Seed $_ }
        }

        It 'finds a run by id and by wildcard' {
            (Get-FineTuneRun $run.Id).WeightsHash | Should -Be $run.WeightsHash
            (Get-FineTuneRun "$($run.Id.Substring(0, 10))*").Id | Should -Contain $run.Id
        }

        It 'pages, the newest first' {
            (Get-FineTuneRun).Id | Should -Be $later[1].Id, $later[0].Id, $run.Id
            (Get-FineTuneRun -First 1 -Skip 1).Id | Should -Be $later[0].Id
            (Get-FineTuneRun -Skip 2).Id | Should -Be $run.Id
        }

        It 'counts and pages over all ids that were given, each run once' {
            $found = Get-FineTuneRun "$($run.Id.Substring(0, 4))*", $run.Id -IncludeTotalCount -First 2
            $found[0] | Should -Be 3
            $found[1..2].Id | Should -Be $later[1].Id, $later[0].Id
        }

        It 'says which record cannot be read or is of a newer version, and goes on' {
            $record = Join-Path $later[0].Path 'record.json'
            $text = Get-Content $record -Raw
            Set-Content $record ($text -replace '"schemaVersion": 1', '"schemaVersion": 9')
            $found = Get-FineTuneRun -ErrorAction SilentlyContinue -ErrorVariable wrong
            $found.Id | Should -Be $later[1].Id, $run.Id
            $wrong.FullyQualifiedErrorId | Should -BeLike 'NewerSchema,*'
            Set-Content $record $text.Substring(0, 100)
            $null = Get-FineTuneRun -ErrorAction SilentlyContinue -ErrorVariable wrong
            $wrong.FullyQualifiedErrorId | Should -BeLike 'DamagedRecord,*'
            Set-Content $record $text
        }

        It 'says which run there is not, and goes on' {
            (Get-Fault { Get-FineTuneRun none -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NoSuchRun,*'
            $found = Get-FineTuneRun none, $run.Id -ErrorAction SilentlyContinue -ErrorVariable missing
            $found.Id | Should -Be $run.Id
            $missing.Count | Should -Be 1
        }
    }

    Context 'Measure-FineTuneModel' {
        It 'agrees with training on the validation samples' {
            $judged = $run | Measure-FineTuneModel
            $judged.Count | Should -Be $data.Validation.Count
            $judged.Accuracy | Should -Be $run.Epochs[1].Accuracy
            [math]::Abs($judged.LogLoss - $run.Epochs[1].ValidationLoss) | Should -BeLessThan 0.00001
            ($judged.PerClass.Support | Measure-Object -Sum).Sum | Should -Be $judged.Count
        }

        It 'judges a run by id and a package on a dataset alike' {
            $own = $run | Measure-FineTuneModel -Split Test
            (Measure-FineTuneModel $run.Id -Split Test).LogLoss | Should -Be $own.LogLoss
            (Measure-FineTuneModel $package -Dataset $data -Split Test).LogLoss | Should -Be $own.LogLoss
        }
    }

    Context 'Measure-FineTuneModel on other pictures' {
        It 'judges all of a folder, and one that holds a single class' {
            New-SampleDataset (Join-Path $TestDrive 'other') -Count 3 -Size 24 -Seed 7
            (Measure-FineTuneModel $package -Path (Join-Path $TestDrive 'other')).Count | Should -Be 6
            Remove-Item (Join-Path $TestDrive 'other/hotdog') -Recurse
            (Measure-FineTuneModel $run -Path (Join-Path $TestDrive 'other')).PerClass.Support | Should -Be 0, 3
        }

        It 'says where a package finds no data of its own' {
            $fault = Get-Fault { Measure-FineTuneModel $package -Workspace (Join-Path $TestDrive 'elsewhere') }
            $fault.FullyQualifiedErrorId | Should -BeLike 'NoOwnData,*'
            (Measure-FineTuneModel $package).Accuracy | Should -Be $run.Epochs[1].Accuracy
        }

        It 'says when the data have changed since' {
            New-SampleDataset (Join-Path $TestDrive 'growing') -Count 8 -Size 16
            $grown = Import-ImageDataset (Join-Path $TestDrive 'growing') | Invoke-FineTune ResNet20 -ImageSize 16 -Epochs 1
            $grown | Measure-FineTuneModel -WarningVariable said | Should -Not -BeNullOrEmpty
            $said | Should -BeNullOrEmpty
            Copy-Item (Join-Path $TestDrive 'photos/hotdog/hotdog-0001.png') (Join-Path $TestDrive 'growing/hotdog/new.png')
            $null = $grown | Measure-FineTuneModel -WarningVariable said -WarningAction SilentlyContinue
            "$said" | Should -BeLike '*have changed*'
        }
    }

    Context 'Get-ModelLayer of a trained model' {
        It 'takes a run, its id and a package' {
            $rows = $plan | Get-ModelLayer head
            foreach ($model in $run, $run.Id, $package) {
                $of = Get-ModelLayer head -Model $model
                $of.Name | Should -Be $rows.Name
                $of.LearningRate | Should -Be $rows.LearningRate
            }
            ($run | Get-ModelLayer head).Name | Should -Be $rows.Name
        }
    }

    Context 'packages' {
        It 'name no folder of the machine they were made on' {
            $held = Import-FineTuneModel $package
            $held.Plan.Dataset.Root | Should -Be 'photos'
            [System.Text.Encoding]::UTF8.GetString([System.IO.File]::ReadAllBytes($package)) | Should -Not -BeLike "*$($data.Root)*"
        }

        It 'have the same bytes when made twice' {
            $run | Export-FineTuneModel (Join-Path $TestDrive 'again.psft')
            (Get-FileHash (Join-Path $TestDrive 'again.psft')).Hash | Should -Be (Get-FileHash $package).Hash
        }

        It 'say what they hold' {
            $held = Import-FineTuneModel $package
            $held.Classes | Should -Be $run.Classes
            $held.WeightsHash | Should -Be $run.WeightsHash
            $held.Plan.Epochs | Should -Be 2
            $held.Preprocessing.InputSize | Should -Be 16
        }

        It 'replace nothing without -Force, and write nothing with -WhatIf' {
            (Get-Fault { $run | Export-FineTuneModel $package }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
            $run | Export-FineTuneModel $package -Force -PassThru | Should -BeOfType ([System.IO.FileInfo])
            $run | Export-FineTuneModel (Join-Path $TestDrive 'never.psft') -WhatIf
            Join-Path $TestDrive 'never.psft' | Should -Not -Exist
        }

        It 'that are cut off are one clear error' {
            $bytes = [System.IO.File]::ReadAllBytes($package)
            $cut = Join-Path $TestDrive 'cut.psft'
            [System.IO.File]::WriteAllBytes($cut, $bytes[0..($bytes.Length - 200)])
            $fault = Get-Fault { Import-FineTuneModel $cut -ErrorAction Stop }
            $fault.CategoryInfo.Category | Should -Be 'InvalidData'
            $fault.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            @(Import-FineTuneModel $cut, $package -ErrorAction SilentlyContinue).Path | Should -Be $package
        }

        It 'carry label data to each prediction' {
            $csv = Join-Path $TestDrive 'shop.csv'
            Set-Content $csv 'label,Link,Price', 'hotdog,https://example.com/1,2.50', '"not-hotdog",none,0'
            $shop = Join-Path $TestDrive 'shop.psft'
            $run | Export-FineTuneModel $shop -LabelData $csv
            $prediction = $photos[0] | Invoke-Prediction -Model $shop
            $expected = @{ 'hotdog' = '2.50'; 'not-hotdog' = '0' }[$prediction.Label]
            $prediction.LabelData.Price | Should -Be $expected
            (Import-FineTuneModel $shop).LabelDataColumns | Should -Be 'Link', 'Price'
        }
    }

    Context 'Invoke-Prediction' {
        It 'takes files, paths, wildcards and samples, and keeps their order' {
            $files = $photos | Invoke-Prediction -Model $package
            $files.Path | Should -Be $photos.FullName
            ($photos.FullName | Invoke-Prediction -Model $package).Path | Should -Be $photos.FullName
            (Invoke-Prediction (Join-Path $TestDrive 'photos/hotdog/*.png') -Model $package).Count | Should -Be $photos.Count
            ($data.Test | Invoke-Prediction -Model $package).Path | Should -Be $data.Test.Path
            ($files[0].Scores.Score | Measure-Object -Sum).Sum | Should -BeGreaterThan 0.999
        }

        It 'takes a run, its id and an opened package' {
            $known = ($photos[0] | Invoke-Prediction -Model $package).Confidence
            ($photos[0] | Invoke-Prediction -Model $run).Confidence | Should -Be $known
            ($photos[0] | Invoke-Prediction -Model $run.Id).Confidence | Should -Be $known
            ($photos[0] | Invoke-Prediction -Model (Import-FineTuneModel $package)).Confidence | Should -Be $known
        }

        It 'reports a bad file and goes on' {
            $bad = Join-Path $TestDrive 'bad.png'
            Set-Content $bad 'not a picture'
            $seen = @($photos[0].FullName, $bad, (Join-Path $TestDrive 'missing.png'), $photos[1].FullName) |
                Invoke-Prediction -Model $package -ErrorAction SilentlyContinue -ErrorVariable wrong
            $seen.Path | Should -Be $photos[0].FullName, $photos[1].FullName
            $wrong.Count | Should -Be 2
            $wrong[0].FullyQualifiedErrorId | Should -BeLike 'UndecodableImage,*'
        }

        It 'says which model there is not' {
            (Get-Fault { $photos[0] | Invoke-Prediction -Model ./none.psft }).FullyQualifiedErrorId | Should -BeLike 'CannotRead,*'
        }
    }

    Context 'objects of jobs and other machines' {
        BeforeAll {
            # As Start-Job and remoting do it, by the depth that the module's types ask for.
            function Get-Copy {
                param($Object)
                [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Object))
            }
        }

        It 'keep a run, down to its plan' {
            $copy = Get-Copy $run
            $copy.Id | Should -Be $run.Id
            $copy.Epochs[1].Accuracy | Should -Be $run.Epochs[1].Accuracy
            $copy.Plan.Optimizer.LearningRate | Should -Be 0.01
            $copy.Plan.Layers[0].Pattern | Should -Be 'head'
            $copy.Plan.Preprocessing.InputSize | Should -Be 16
            $copy.Plan.Dataset.Root | Should -Be $data.Root
        }

        It 'keep a plan, a dataset and a package' {
            (Get-Copy $plan).Dataset.Fingerprint | Should -Be $data.Fingerprint
            (Get-Copy $plan).Layers[0].Factor | Should -Be 10
            $copy = Get-Copy $data
            $copy.Classes | Should -Be $data.Classes
            $copy.Train[0].Path | Should -Be $data.Train[0].Path
            $copy.ClassCounts[1].Train | Should -Be $data.ClassCounts[1].Train
            (Get-Copy (Import-FineTuneModel $package)).Plan.Optimizer.LearningRate | Should -Be 0.01
        }

        It 'keep an evaluation and a prediction' {
            $judged = $run | Measure-FineTuneModel
            $copy = Get-Copy $judged
            $copy.PerClass[1].F1 | Should -Be $judged.PerClass[1].F1
            $copy.Confusion.Rows[0][0] | Should -Be $judged.Confusion.Rows[0][0]
            $prediction = $photos[0] | Invoke-Prediction -Model $package
            (Get-Copy $prediction).Scores[1].Score | Should -Be $prediction.Scores[1].Score
        }

        It 'still name the run or the package' {
            $copy = Get-Copy $run
            ($copy | Measure-FineTuneModel).Accuracy | Should -Be $run.Epochs[1].Accuracy
            $known = ($photos[0] | Invoke-Prediction -Model $run).Confidence
            ($photos[0] | Invoke-Prediction -Model $copy).Confidence | Should -Be $known
            ($photos[0] | Invoke-Prediction -Model (Get-Copy (Import-FineTuneModel $package))).Confidence | Should -Be $known
            $copy | Export-FineTuneModel (Join-Path $TestDrive 'copy.psft')
            (Get-FileHash (Join-Path $TestDrive 'copy.psft')).Hash | Should -Be (Get-FileHash $package).Hash
            ($copy | Get-FineTuneRun).WeightsHash | Should -Be $run.WeightsHash
        }
    }
}

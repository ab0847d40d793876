# New-FineTunePlan, Get-ModelLayer, Set-LayerLearningRate, Lock-ModelLayer and Unlock-ModelLayer: a plan is data, nothing is trained here.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'A plan' {
    BeforeAll {
        $workspace = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        New-SampleDataset (Join-Path $TestDrive 'photos') -Count 4 -Size 16
        $data = Import-ImageDataset (Join-Path $TestDrive 'photos')
        $plan = New-FineTunePlan ResNet20 -Dataset $data -Weights Random -Recipe Tutorial -WarningAction SilentlyContinue

        # The distinct rates of the rows that layer names match, as text.
        function Get-Rate {
            param($Plan, [string[]] $Layer = '*')
            $Plan | Get-ModelLayer $Layer | ForEach-Object { "$($_.LearningRate)" } | Sort-Object -Unique
        }

        function Get-Completion {
            param([string] $Line)
            [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
        }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $workspace
    }

    Context 'New-FineTunePlan' {
        It 'starts from the tutorial''s recipe' {
            $plan.Recipe | Should -Be 'Tutorial'
            $plan.Optimizer.GetType().Name | Should -Be 'Sgd'
            "$($plan.Optimizer.LearningRate) $($plan.Optimizer.WeightDecay) $($plan.Optimizer.Momentum)" | Should -Be '0.01 0.001 0'
            # No more samples in a batch than there are.
            "$($plan.BatchSize) $($plan.Seed)" | Should -Be "$($data.Train.Count) 42"
            Get-Rate $plan head | Should -Be '0.1'
            Get-Rate $plan stem, 'stage*' | Should -Be '0.01'
        }

        It 'takes the recommended recipe where none is given' {
            $made = New-FineTunePlan ResNet20 -Dataset $data
            "$($made.Recipe) $($made.Keep) $($made.Patience) $($made.FrozenBatchNorm)" | Should -Be 'Recommended Best 3 True'
            $made.ProbePenalty | Should -BeGreaterThan 0
            Get-Rate $made head | Should -Be '0.001'
            # Batch norm stays as it was pretrained.
            Get-Rate $made stage3 | Should -Be '0', '0.0005'
        }

        It 'has a recipe whose lower layers are computed once' {
            $made = New-FineTunePlan ResNet20 -Dataset $data -Recipe Fast -CachedViews 3
            "$($made.Recipe) $($made.CachedViews)" | Should -Be 'Fast 3'
            ($made | Get-ModelLayer | Where-Object Trainable).Group | Sort-Object -Unique | Should -Be 'head', 'stage3'
        }

        It 'adds narrow matrices to linear layers before the head, and says where there are none' {
            { New-FineTunePlan ResNet20 -Dataset $data -Lora @{ Rank = 4 } } | Should -Throw -ErrorId 'NoSuchLayer,PSFineTune.Cmdlets.NewFineTunePlanCommand'
            $made = New-FineTunePlan ViTTi16 -Dataset $data -Weights Random -ImageSize 32 -Lora @{ Rank = 4 } -WarningAction SilentlyContinue
            "$($made.Lora.Target)" | Should -Be 'query value'
        }

        It 'refuses images for a network of texts' {
            { New-FineTunePlan TextCnn -Dataset $data } | Should -Throw -ErrorId 'OtherKindOfData,PSFineTune.Cmdlets.NewFineTunePlanCommand'
        }

        It 'lets training images grow from a size that is given' {
            (New-FineTunePlan ResNet20 -Dataset $data -StartImageSize 16).StartImageSize | Should -Be 16
            { New-FineTunePlan ResNet20 -Dataset $data -StartImageSize 64 } | Should -Throw -ErrorId 'BadPlanSetting,PSFineTune.Cmdlets.NewFineTunePlanCommand'
        }

        It 'has a recipe that trains the output layer alone' {
            $head = New-FineTunePlan ResNet20 -Dataset $data -Weights Random -Recipe HeadOnly -WarningAction SilentlyContinue
            $head.Optimizer.GetType().Name | Should -Be 'Adam'
            ($head | Get-ModelLayer | Where-Object Trainable).Group | Sort-Object -Unique | Should -Be 'head'
            Get-Rate $head head | Should -Be '0.0001'
            # A probe on features of random layers would teach nothing.
            $head.ProbePenalty | Should -BeNullOrEmpty
            (New-FineTunePlan ResNet20 -Dataset $data -Recipe HeadOnly).ProbePenalty | Should -BeGreaterThan 0
            Get-Rate $head stem, 'stage*' | Should -Be '0'
        }

        It 'sets <Name>, over its recipe <Recipe>' -ForEach @(
            foreach ($recipe in 'Tutorial', 'HeadOnly') {
                @{ Recipe = $recipe; Name = 'Epochs'; Value = 7; Read = { $args[0].Epochs } }
                @{ Recipe = $recipe; Name = 'BatchSize'; Value = 9; Read = { $args[0].BatchSize } }
                @{ Recipe = $recipe; Name = 'LearningRate'; Value = 0.25; Read = { $args[0].Optimizer.LearningRate } }
                @{ Recipe = $recipe; Name = 'ClipNorm'; Value = 2.5; Read = { $args[0].ClipNorm } }
                @{ Recipe = $recipe; Name = 'WeightDecay'; Value = 0.125; Read = { $args[0].Optimizer.WeightDecay } }
                @{ Recipe = $recipe; Name = 'Optimizer'; Value = 'Adam'; Read = { $args[0].Optimizer.GetType().Name } }
                @{ Recipe = $recipe; Name = 'Optimizer'; Value = 'Sgd'; Read = { $args[0].Optimizer.GetType().Name } }
                @{ Recipe = $recipe; Name = 'Schedule'; Value = 'Cosine'; Read = { $args[0].Schedule.GetType().Name } }
                @{ Recipe = $recipe; Name = 'Seed'; Value = 3; Read = { $args[0].Seed } }
                @{ Recipe = $recipe; Name = 'ImageSize'; Value = 48; Read = { $args[0].Preprocessing.InputSize } }
                @{ Recipe = $recipe; Name = 'Device'; Value = 'cpu'; Read = { $args[0].Device } }
                @{ Recipe = $recipe; Name = 'Device'; Value = 'cuda:1'; Read = { $args[0].Device } }
                @{ Recipe = $recipe; Name = 'Precision'; Value = 'BFloat16'; Read = { $args[0].Precision } }
                @{ Recipe = $recipe; Name = 'Threads'; Value = 1; Read = { $args[0].Threads } }
            }
        ) {
            $settings = @{ $Name = $Value }
            $made = New-FineTunePlan ResNet20 -Dataset $data -Weights Random -Recipe $Recipe @settings -WarningAction SilentlyContinue
            & $Read $made | Should -Be $Value
        }

        It 'sets momentum' {
            $made = New-FineTunePlan ResNet20 -Dataset $data -Weights Random -Recipe Tutorial -Momentum 0.5 -WarningAction SilentlyContinue
            "$($made.Optimizer.Momentum)" | Should -Be '0.5'
            $made = New-FineTunePlan ResNet20 -Dataset $data -Weights Random -Recipe Tutorial -Optimizer @{ Sgd = @{ Momentum = 0.75 } } -WarningAction SilentlyContinue
            "$($made.Optimizer.Momentum)" | Should -Be '0.75'
        }

        It 'takes optimizers, schedules and losses with settings' {
            $made = New-FineTunePlan ResNet20 -Dataset $data -Weights Random -Optimizer @{ AdamW = @{ Beta1 = 0.75; DecayNormAndBias = $false } } `
                -Schedule @{ MultiStep = @{ Milestones = 2, 3 } } -Loss @{ CrossEntropy = @{ LabelSmoothing = 0.125 } } -WarningAction SilentlyContinue
            "$($made.Optimizer.Beta1) $($made.Optimizer.DecayNormAndBias) $($made.Schedule.Milestones) $($made.Loss.LabelSmoothing)" | Should -Be '0.75 False [2, 3] 0.125'
        }

        It 'takes an architecture with settings, a dataset from the pipeline and an augmentation' {
            $augment = New-AugmentPipeline RandomHorizontalFlip
            $made = $data | New-FineTunePlan @{ MobileNetV2 = @{ Width = 0.35 } } -Weights Random -Augment $augment -WarningAction SilentlyContinue
            $made.Model.GetType().Name | Should -Be 'MobileNetV2'
            "$($made.Model.Width)" | Should -Be '0.35'
            $made.Augment -eq $augment | Should -BeTrue
            $made.Dataset.Fingerprint | Should -Be $data.Fingerprint
        }

        It 'warns of random weights' {
            $null = New-FineTunePlan ResNet18 -Dataset $data -WarningVariable said -WarningAction SilentlyContinue
            "$said" | Should -Match 'random weights'
        }

        It 'refuses <Name> <Value>' -ForEach @(
            @{ Name = 'Epochs'; Value = 0 }
            @{ Name = 'BatchSize'; Value = 0 }
            @{ Name = 'LearningRate'; Value = 0 }
            @{ Name = 'LearningRate'; Value = -1 }
            @{ Name = 'LearningRate'; Value = [double]::NaN }
            @{ Name = 'LearningRate'; Value = [double]::PositiveInfinity }
            @{ Name = 'WeightDecay'; Value = -1 }
            @{ Name = 'Momentum'; Value = 1 }
            @{ Name = 'Momentum'; Value = -1 }
            @{ Name = 'ClipNorm'; Value = 0 }
            @{ Name = 'Threads'; Value = -1 }
            @{ Name = 'ImageSize'; Value = 0 }
            @{ Name = 'ImageSize'; Value = -8 }
            @{ Name = 'Device'; Value = 'gpu' }
        ) {
            $settings = @{ $Name = $Value }
            $thrown = { New-FineTunePlan ResNet20 -Dataset $data -Weights Random @settings -WarningAction SilentlyContinue } |
                Should -Throw "*$Name*" -ErrorId 'BadPlanSetting*' -PassThru
            $thrown.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $thrown.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'refuses what is no <Parameter>' -ForEach @(
            @{ Parameter = 'Model'; Value = 'MobilNetV2'; Says = "*Did you mean 'MobileNetV2'?*" }
            @{ Parameter = 'Recipe'; Value = 'HeadOnl'; Says = "*Did you mean 'HeadOnly'?*" }
            @{ Parameter = 'Optimizer'; Value = 'Adm'; Says = "*Did you mean 'Adam'?*" }
        ) {
            $settings = @{ Model = 'ResNet20'; Dataset = $data; Weights = 'Random' }
            $settings[$Parameter] = $Value
            { New-FineTunePlan @settings } | Should -Throw $Says
        }

        It 'refuses weights that are not there, and those that are no weights' {
            { New-FineTunePlan ResNet20 -Dataset $data -Weights (Join-Path $TestDrive 'none.safetensors') } | Should -Throw -ErrorId 'WeightsNotFound*'
            Set-Content (Join-Path $TestDrive 'text.safetensors') 'no weights at all'
            { New-FineTunePlan ResNet20 -Dataset $data -Weights (Join-Path $TestDrive 'text.safetensors') } | Should -Throw -ErrorId 'InvalidSafetensors*'
        }
    }

    Context 'Get-ModelLayer' {
        It 'lists every parameter, input to output' {
            $rows = $plan | Get-ModelLayer
            ($rows | Select-Object Group -Unique).Group | Should -Be 'stem', 'stage1', 'stage2', 'stage3', 'head'
            $rows[0].Name | Should -Be 'conv1.weight'
            $rows[0].Shape | Should -Be '16x3x3x3'
            $rows[0].Parameters | Should -Be 432
            ($rows | Where-Object { -not $_.Trainable }) | Should -BeNullOrEmpty
            ($rows | Where-Object Group -EQ head | Select-Object -First 1).Shape | Should -Be '2x64'
        }

        It 'finds groups and parameters by name and wildcard' {
            ($plan | Get-ModelLayer HEAD).Count | Should -Be 2
            ($plan | Get-ModelLayer 'stage[12]').Group | Sort-Object -Unique | Should -Be 'stage1', 'stage2'
            ($plan | Get-ModelLayer conv1.weight).Group | Should -Be 'stem'
            foreach ($row in $plan | Get-ModelLayer *.bias) { $row.Name | Should -BeLike '*.bias' }
        }

        It 'says which layers there are' {
            { $plan | Get-ModelLayer stage9 } | Should -Throw '*stem, stage1, stage2, stage3, head*' -ErrorId 'NoSuchLayer*'
        }
    }

    Context 'Set-LayerLearningRate' {
        It 'multiplies the rate, or sets it' {
            Get-Rate ($plan | Set-LayerLearningRate head -Factor 20) head | Should -Be '0.2'
            Get-Rate ($plan | Set-LayerLearningRate head 20) head | Should -Be '0.2'
            $made = $plan | Set-LayerLearningRate 'stage[1-3]', stem -LearningRate 0.5
            Get-Rate $made stem, stage1, stage3 | Should -Be '0.5'
            Get-Rate $made head | Should -Be '0.1'
        }

        It 'follows the plan''s rate where it is a factor' {
            $made = New-FineTunePlan ResNet20 -Dataset $data -Weights Random -Recipe Tutorial -LearningRate 0.5 -WarningAction SilentlyContinue | Set-LayerLearningRate head -Factor 2
            Get-Rate $made head | Should -Be '1'
        }

        It 'lets the last rule win' {
            $made = $plan | Set-LayerLearningRate * -Factor 3 | Set-LayerLearningRate stage2 -Factor 5 | Set-LayerLearningRate *.bias -LearningRate 0.75
            Get-Rate $made stem, stage1 | Should -Be '0.03', '0.75'
            Get-Rate $made layer2.0.conv1.weight | Should -Be '0.05'
            Get-Rate ($made | Set-LayerLearningRate * -Factor 1) | Should -Be '0.01'
        }

        It 'leaves the plan piped in as it was' {
            $rules = $plan.Layers.Count
            $null = $plan | Set-LayerLearningRate stem -Factor 7
            $plan.Layers.Count | Should -Be $rules
            Get-Rate $plan stem | Should -Be '0.01'
        }

        It 'refuses -<Name> <Value>' -ForEach @(
            @{ Name = 'Factor'; Value = 0 }
            @{ Name = 'Factor'; Value = -1 }
            @{ Name = 'Factor'; Value = [double]::NaN }
            @{ Name = 'LearningRate'; Value = 0 }
            @{ Name = 'LearningRate'; Value = [double]::PositiveInfinity }
        ) {
            $settings = @{ $Name = $Value }
            $thrown = { $plan | Set-LayerLearningRate head @settings } | Should -Throw "*$Name of layer 'head'*" -ErrorId 'BadPlanSetting*' -PassThru
            $thrown.Exception.Message | Should -Match 'Lock-ModelLayer'
        }

        It 'refuses a layer that is not there' {
            { $plan | Set-LayerLearningRate haed -Factor 2 } | Should -Throw "*'haed'*" -ErrorId 'NoSuchLayer*'
        }
    }

    Context 'Lock-ModelLayer and Unlock-ModelLayer' {
        It 'freeze and thaw' {
            $locked = $plan | Lock-ModelLayer stem, 'stage[1-3]'
            ($locked | Get-ModelLayer | Where-Object Trainable).Group | Sort-Object -Unique | Should -Be 'head'
            Get-Rate $locked stem, 'stage*' | Should -Be '0'
            $thawed = $locked | Unlock-ModelLayer stage3
            ($thawed | Get-ModelLayer | Where-Object Trainable).Group | Sort-Object -Unique | Should -Be 'head', 'stage3'
            Get-Rate $thawed stage3 | Should -Be '0.01'
        }

        It 'leave the plan piped in as it was' {
            $null = $plan | Lock-ModelLayer *
            ($plan | Get-ModelLayer | Where-Object { -not $_.Trainable }) | Should -BeNullOrEmpty
        }

        It 'a rate that comes later thaws' {
            Get-Rate ($plan | Lock-ModelLayer * | Set-LayerLearningRate head -Factor 4) head | Should -Be '0.04'
        }

        It 'refuse a layer that is not there' {
            { $plan | Lock-ModelLayer nowhere } | Should -Throw -ErrorId 'NoSuchLayer*'
            { $plan | Unlock-ModelLayer nowhere } | Should -Throw -ErrorId 'NoSuchLayer*'
        }
    }

    Context 'completion' {
        It 'knows the layers of the plan given by -Plan' {
            Get-Completion 'Set-LayerLearningRate -Plan $plan -Layer st' | Should -Be 'stem', 'stage1', 'stage2', 'stage3'
            Get-Completion 'Get-ModelLayer -Plan $plan -Layer layer1.0.conv' | Should -Contain 'layer1.0.conv1.weight'
        }

        It 'knows the layers of the plan piped in' {
            Get-Completion '$plan | Lock-ModelLayer -Layer h' | Should -Be 'head'
            Get-Completion '$plan | Lock-ModelLayer -Layer layer3.2.bn2.b' | Should -Be 'layer3.2.bn2.bias'
        }

        It 'completes <Line>' -ForEach @(
            @{ Line = 'New-FineTunePlan -Model Mobile'; Found = 'MobileNetV2' }
            @{ Line = 'New-FineTunePlan -Recipe Head'; Found = 'HeadOnly' }
            @{ Line = 'New-FineTunePlan -Device cu'; Found = 'cuda' }
            @{ Line = 'New-FineTunePlan -Precision BF'; Found = 'BFloat16' }
            @{ Line = 'New-FineTunePlan -Optimizer A'; Found = 'Adam' }
            @{ Line = 'New-FineTunePlan -Schedule Cos'; Found = 'Cosine' }
            @{ Line = 'Invoke-FineTune -Model SqueezeN'; Found = 'SqueezeNet1_1' }
            @{ Line = 'Get-ModelArchitecture -Name ResNet5'; Found = 'ResNet50' }
        ) {
            Get-Completion $Line | Should -Contain $Found
        }
    }

    It 'is made, read, changed and completed without the tensor library' {
        # In a process of its own, for in this one other tests train.
        $script = Join-Path $TestDrive 'fresh.ps1'
        Set-Content $script @"
            Import-Module PSFineTune
            `$data = Import-ImageDataset '$(Join-Path $TestDrive 'photos')'
            `$plan = New-FineTunePlan MobileNetV2 -Weights Random -Dataset `$data -WarningAction SilentlyContinue | Lock-ModelLayer stem
            `$line = 'Get-ModelLayer -Plan `$plan -Layer h'
            `$found = [System.Management.Automation.CommandCompletion]::CompleteInput(`$line, `$line.Length, `$null).CompletionMatches[0].CompletionText
            `$loaded = @([System.Diagnostics.Process]::GetCurrentProcess().Modules | Where-Object ModuleName -Match 'torch')
            "`$found `$(@(`$plan | Get-ModelLayer).Count) `$(@(Get-ModelArchitecture).Count -gt 5) torch `$(`$loaded.Count)"
"@
        if ([System.Environment]::ProcessPath -match 'pwsh(\.exe)?$') { $said = & ([System.Environment]::ProcessPath) -NoProfile -File $script }
        else { $said = & dotnet ([System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PSFineTune.Host' }).Location $script }
        "$said" | Should -Be 'head 158 True torch 0'
    }
}

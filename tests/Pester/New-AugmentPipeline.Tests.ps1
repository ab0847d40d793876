BeforeAll {
    Import-Module PSFineTune
}

Describe 'New-AugmentPipeline' {
    It 'takes names and hashtables, in order' {
        $pipeline = New-AugmentPipeline RandomResizedCrop, @{ ColorJitter = @{ brightness = .5 } }, randomhorizontalflip
        $pipeline.Ops | ForEach-Object { $_.GetType().Name } | Should -Be 'RandomResizedCrop', 'ColorJitter', 'RandomHorizontalFlip'
        "$($pipeline.Ops[1].Brightness)" | Should -Be '0.5'
        "$($pipeline.Ops[1].Hue)" | Should -Be '0'
    }

    It 'takes ops within ops, by name or hashtable, one or many' {
        $pipeline = New-AugmentPipeline @{ OneOf = @{ Ops = 'GaussianBlur', @{ JPEG = @{ Quality = 30 } }; Probabilities = 1, 3 } },
            @{ RandomApply = @{ P = .3; Ops = @{ SomeOf = @{ Ops = 'RandomInvert', 'RandomEqualize'; N = 1, 2 } } } },
            @{ RandomOrder = @{ Ops = 'RandomErasing' } }
        $pipeline.Ops[0].Ops | ForEach-Object { $_.GetType().Name } | Should -Be 'GaussianBlur', 'JPEG'
        "$($pipeline.Ops[0].Ops[1].Quality)" | Should -Be '30'
        "$($pipeline.Ops[0].Probabilities)" | Should -Be '[1, 3]'
        $pipeline.Ops[1].P | Should -Be .3
        $pipeline.Ops[1].Ops[0].Ops[1].GetType().Name | Should -Be 'RandomEqualize'
        $pipeline.Ops[2].Ops.Count | Should -Be 1
    }

    It 'takes noise to erase with as null, and a way to pad by name' {
        $pipeline = New-AugmentPipeline @{ RandomErasing = @{ Value = $null } }, @{ Pad = @{ Padding = 1, 2; PaddingMode = 'reflect' } }
        $pipeline.Ops[0].Value | Should -BeNullOrEmpty
        "$($pipeline.Ops[1].PaddingMode)" | Should -Be 'Reflect'
    }

    It 'takes the ops of another pipeline' {
        $first = New-AugmentPipeline -Preset Tutorial
        (New-AugmentPipeline $first.Ops) -eq $first | Should -BeTrue
    }

    It 'appends to the pipeline piped in and leaves it as it was' {
        $first = New-AugmentPipeline RandomVerticalFlip
        $both = $first | New-AugmentPipeline @{ CenterCrop = @{ Size = 32 } }
        $both.Ops.Count | Should -Be 2
        $first.Ops.Count | Should -Be 1
    }

    It 'knows the preset <Preset> of <Count> ops' -ForEach @(
        @{ Preset = 'None'; Count = 0 }
        @{ Preset = 'Tutorial'; Count = 2 }
        @{ Preset = 'Default'; Count = 3 }
        @{ Preset = 'Strong'; Count = 4 }
        @{ Preset = 'TrivialAugment'; Count = 3 }
        @{ Preset = 'RandAugment'; Count = 3 }
        @{ Preset = 'AugMix'; Count = 3 }
        @{ Preset = 'Document'; Count = 4 }
    ) {
        (New-AugmentPipeline -Preset $Preset).Ops.Count | Should -Be $Count
    }

    It 'says what is wrong with <Op>' -ForEach @(
        @{ Op = 'RandomHorizontalFlop'; Says = "*Did you mean 'RandomHorizontalFlip'?*" }
        @{ Op = @{ ColorJitter = @{ Brightnes = 1 } }; Says = "*no setting 'Brightnes'. Known: Brightness, Contrast, Saturation, Hue.*Did you mean 'Brightness'?*" }
        @{ Op = @{ RandomHorizontalFlip = @{ P = 'often' } }; Says = "*P of RandomHorizontalFlip is 'often'*" }
        @{ Op = @{ RandomHorizontalFlip = .5 }; Says = '*no hashtable of settings*' }
        @{ Op = @{ RandomHorizontalFlip = @{ P = 2 } }; Says = '*P 2*from 0 to 1*' }
        @{ Op = @{ OneOf = @{ Ops = 'GaussianBlur', 'JPG' } }; Says = "*There is no AugmentOp 'JPG'*" }
        @{ Op = @{ OneOf = @{ Ops = @{ JPEG = @{ Qualty = 3 } } } }; Says = "*Did you mean 'Quality'?*" }
        @{ Op = @{ RandomApply = @{ Ops = @{ RandomInvert = @{ P = 2 } } } }; Says = '*RandomInvert has P 2*from 0 to 1*' }
        @{ Op = @{ Resize = @{}; CenterCrop = @{} } ; Says = '*2 entries*' }
    ) {
        { New-AugmentPipeline $Op } | Should -Throw -ExpectedMessage $Says
    }

    It 'completes op names' {
        $line = 'New-AugmentPipeline -Op RandomR'
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $found.CompletionMatches.CompletionText | Should -Contain 'RandomRotation'
    }
}

# Real photos and real pretrained weights; skipped, and said, where PSFINETUNE_ASSETS names none.
BeforeDiscovery {
    $absent = -not $env:PSFINETUNE_ASSETS
}

Describe 'Forty photos a class and a published network' {
    BeforeAll {
        Import-Module PSFineTune
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'learn ten kinds of clothing by the output layer alone' -Skip:$absent {
        $data = Import-ImageDataset (Join-Path $env:PSFINETUNE_ASSETS 'datasets/clothing-tiny')
        $run = New-FineTunePlan MobileNetV2 -Weights (Join-Path $env:PSFINETUNE_ASSETS 'weights/mobilenet_v2_035.safetensors') -Dataset $data `
            -Recipe HeadOnly -LearningRate 0.001 -Epochs 20 -Seed 42 | Invoke-FineTune
        $run.Plan.Model.Width | Should -Be 0.35
        $run.Epochs[-1].Accuracy | Should -BeGreaterOrEqual 0.58
    }

    It 'learn next to nothing on random weights' -Skip:$absent {
        $data = Import-ImageDataset (Join-Path $env:PSFINETUNE_ASSETS 'datasets/clothing-tiny')
        $run = New-FineTunePlan @{ MobileNetV2 = @{ Width = 0.35 } } -Weights Random -Dataset $data -WarningAction SilentlyContinue `
            -Recipe HeadOnly -LearningRate 0.001 -Epochs 20 -Seed 42 | Invoke-FineTune
        $run.Epochs[-1].Accuracy | Should -BeLessOrEqual 0.25
    }
}

BeforeAll {
    Import-Module PSFineTune
}

Describe 'Get-ModelArchitecture' {
    It 'lists all of them' {
        $all = Get-ModelArchitecture
        foreach ($name in 'ResNet18', 'ResNet34', 'ResNet50', 'ResNet101', 'MobileNetV2', 'MobileNetV3Small', 'MobileNetV3Large', 'EfficientNetB0', 'EfficientNetB1', 'EfficientNetB2', 'EfficientNetB3', 'DenseNet121', 'RegNetY400MF', 'RegNetY1_6GF', 'SqueezeNet1_1', 'ConvNeXtTiny', 'ConvNeXtSmall', 'ViTTi16', 'ViTS16', 'ViTB16', 'ResNet20', 'TextCnn', 'BiLstm', 'Bert', 'DistilBert', 'LinearSvm', 'Svm') { $all.Name | Should -Contain $name }
        foreach ($row in $all) {
            $row.Family | Should -Not -BeNullOrEmpty
            $row.Groups[0] | Should -BeIn 'stem', 'embedding', 'embeddings', 'backbone', 'head'
            $row.Groups[-1] | Should -Be 'head'
        }
    }

    # Counts of torchvision's models; an input of 224 is what their weights want.
    It 'knows <Name>' -ForEach @(
        @{ Name = 'ResNet18'; Parameters = 11689512; InputSize = 224 }
        @{ Name = 'ResNet50'; Parameters = 25557032; InputSize = 224 }
        @{ Name = 'MobileNetV2'; Parameters = 3504872; InputSize = 224 }
        @{ Name = 'MobileNetV3Large'; Parameters = 5483032; InputSize = 224 }
        @{ Name = 'EfficientNetB3'; Parameters = 12233232; InputSize = 300 }
        @{ Name = 'SqueezeNet1_1'; Parameters = 1235496; InputSize = 224 }
        @{ Name = 'ConvNeXtTiny'; Parameters = 28589128; InputSize = 224 }
        @{ Name = 'ViTB16'; Parameters = 86567656; InputSize = 224 }
        @{ Name = 'Bert'; Parameters = 110251240; InputSize = 0 }
    ) {
        $row = Get-ModelArchitecture $Name
        $row.Parameters | Should -Be $Parameters
        $row.InputSize | Should -Be $InputSize
    }

    It 'names the layers of a transformer, input to output' {
        (Get-ModelArchitecture DistilBert).Groups -join ' ' | Should -Be 'embeddings layer0 layer1 layer2 layer3 layer4 layer5 pooler head'
    }

    It 'takes wildcards, and finds nothing without an error' {
        (Get-ModelArchitecture ResNet1*).Name | Sort-Object | Should -Be 'ResNet101', 'ResNet18'
        (Get-ModelArchitecture mobile*, squeeze*).Count | Should -Be 4
        Get-ModelArchitecture none* | Should -BeNullOrEmpty
    }

    It 'names the nearest where there is none' {
        $thrown = { Get-ModelArchitecture ResNet19 } | Should -Throw -PassThru
        $thrown.ErrorDetails.RecommendedAction | Should -Match 'ResNet1'
    }
}

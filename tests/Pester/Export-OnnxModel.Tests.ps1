# Models for services without this module: what is written, what it says of itself, and what is refused.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Export-OnnxModel' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        Push-Location $TestDrive
        New-SampleDataset ./photos -Count 20 -Size 24
        $run = Import-ImageDataset ./photos -ValidationFraction 0.4 | Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 16 -Epochs 1 -Threads 1 -BatchSize 8 -Seed 3
        $run | Export-FineTuneModel ./photos.psft
        New-SampleDataset ./desk -Kind Tickets -Count 20
        $tickets = Import-TextDataset ./desk/tickets.csv | Invoke-FineTune LinearSvm
        $null = $tickets | Publish-FineTuneModel desk
    }

    AfterAll {
        Pop-Location
        $env:PSFINETUNE_WORKSPACE = $before
    }

    It 'writes nothing to the pipeline, and with -PassThru what it wrote' {
        $run | Export-OnnxModel './a b''s [1].onnx' | Should -BeNullOrEmpty
        [System.IO.File]::Exists((Join-Path $TestDrive 'a b''s [1].onnx')) | Should -BeTrue
        $export = Export-OnnxModel ./photos.onnx -Model ./photos.psft -IncludePreprocessing -PassThru
        $export.Path | Should -Be (Join-Path $TestDrive 'photos.onnx')
        $export.Bytes | Should -Be (Get-Item ./photos.onnx).Length
        $export.Opset | Should -BeGreaterOrEqual 17
        $export.Classes | Should -Be $run.Classes
        $export.CheckedOnProbes | Should -BeTrue
        $export.OtherClasses | Should -Be 0
        $export.LargestDifference | Should -BeLessThan 0.0001
        $export.Inputs[0].Name | Should -Be 'images'
        $export | Out-String | Should -Match 'Inputs\s*: images UINT8 batch x (\d+) x \1 x 3'
    }

    It 'takes what other cmdlets take for a model' {
        foreach ($model in $run, $run.Id, './photos.psft', (Get-Item ./photos.psft), 'store:desk', $tickets.Path) {
            (Export-OnnxModel ./any.onnx -Model $model -Force -PassThru).Outputs.Name | Should -Be 'logits', 'probabilities'
        }
    }

    It 'keeps eight bits where it is told to' {
        $whole = $run | Export-OnnxModel ./whole.onnx -PassThru
        $small = $run | Export-OnnxModel ./small.onnx -Quantize Dynamic -SkipCheck -PassThru
        $small.Bytes | Should -BeLessThan ($whole.Bytes / 2)
        $small.Checked | Should -Be 0
        $small | Out-String | Should -Match 'Quantization\s*: Dynamic'
    }

    It 'replaces no file that it is not told to, and leaves nothing beside' {
        Set-Content ./old.onnx 'old'
        { $run | Export-OnnxModel ./old.onnx -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
        { $tickets | Export-OnnxModel ./old.onnx -Force -IncludePreprocessing -ErrorAction Stop } | Should -Throw -ErrorId 'NoOnnxForm,*'
        Get-Content ./old.onnx | Should -Be 'old'
        $run | Export-OnnxModel ./old.onnx -Force
        (Get-Item ./old.onnx).Length | Should -BeGreaterThan 1000
        Get-ChildItem . -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'writes over no model that it reads, nor over what it wrote a moment ago' {
        $hash = (Get-FileHash ./photos.psft).Hash
        $null = [System.IO.File]::CreateSymbolicLink((Join-Path $TestDrive 'link.psft'), (Join-Path $TestDrive 'photos.psft'))
        foreach ($path in './photos.psft', './link.psft') {
            { Export-OnnxModel $path -Model ./photos.psft -Force -ErrorAction Stop } | Should -Throw -ErrorId 'SourceIsTarget,*'
        }
        { Export-OnnxModel ./photos.psft -Model ./link.psft -Force -ErrorAction Stop } | Should -Throw -ErrorId 'SourceIsTarget,*'
        (Get-FileHash ./photos.psft).Hash | Should -Be $hash
        Export-FineTuneModel ./photos.psft -Model ./photos.psft -Force
        (Import-FineTuneModel ./photos.psft).Classes | Should -Be $run.Classes
        { $run, $tickets | Export-OnnxModel ./both.onnx -Force -ErrorAction Stop } | Should -Throw -ErrorId 'WrittenTwice,*'
        Export-OnnxModel ./again.onnx -Model $run
        (Get-FileHash ./both.onnx).Hash | Should -Be (Get-FileHash ./again.onnx).Hash
    }

    It 'wants the name of a file' {
        foreach ($path in './dir.onnx/', '.', $TestDrive) {
            { $run | Export-OnnxModel $path -Force -ErrorAction Stop } | Should -Throw -ErrorId 'FileNameWanted,*'
        }
    }

    It 'says where nothing can be kept in eight bits' {
        $machine = Import-TextDataset ./desk/tickets.csv | Invoke-FineTune Svm
        $export = $machine | Export-OnnxModel ./svm.onnx -Quantize Dynamic -PassThru -WarningVariable said -WarningAction SilentlyContinue
        $export.Quantization | Should -Be 'None'
        "$said" | Should -BeLike 'NothingQuantized: *'
    }

    It 'arrives from a job with its inputs' {
        $there = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(($run | Export-OnnxModel ./job.onnx -PassThru)))
        $there.Inputs[0].Name | Should -Be 'pixels'
        $there.Classes | Should -Be $run.Classes
    }
}

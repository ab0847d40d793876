BeforeAll {
    Import-Module PSFineTune
    $before = $env:PSFINETUNE_WEIGHTS
    $env:PSFINETUNE_WEIGHTS = Join-Path $TestDrive 'weights'
    Push-Location $TestDrive
    $null = New-Item -ItemType Directory ./mirror
    Set-Content ./mirror/model.safetensors 'weights'
    Set-Content ./mirror/vocab.txt '[PAD]'
}

AfterAll {
    Pop-Location
    $env:PSFINETUNE_WEIGHTS = $before
}

Describe 'Save-PretrainedModel' {
    It 'saves the files of a repository from a folder, and has them the next time' {
        Save-PretrainedModel -Repository a/b -Source ./mirror | Should -BeNullOrEmpty
        $saved = Save-PretrainedModel -Repository a/b -Source ./mirror -PassThru
        $saved.FromCache | Should -BeTrue
        $saved.Name | Should -Be 'a--b'
        $saved.Path | Should -Exist
        $saved.Sha256 | Should -Be (Get-FileHash ./mirror/model.safetensors -Algorithm SHA256).Hash
        Join-Path $env:PSFINETUNE_WEIGHTS 'a--b/vocab.txt' | Should -Exist
        (Save-PretrainedModel -Repository a/b -Source ./mirror -Force -PassThru).FromCache | Should -BeFalse
    }

    It 'refuses a file that has changed' {
        Save-PretrainedModel -Repository c/d -Source ./mirror
        $null = New-Item -ItemType Directory ./changed
        Set-Content ./changed/model.safetensors 'others'
        { Save-PretrainedModel -Repository c/d -Source ./changed -Force -ErrorAction Stop } | Should -Throw -ErrorId 'PublishedFileChanged*'
        Get-Content (Join-Path $env:PSFINETUNE_WEIGHTS 'c--d/model.safetensors') | Should -Be 'weights'
    }

    It 'refuses what is not the publisher''s, and goes on with the others' {
        Set-Content ./mirror/resnet18-f37072fd.pth 'not resnet'
        Save-PretrainedModel ResNet18, ResNet34 -Source ./mirror -ErrorAction SilentlyContinue -ErrorVariable wrong
        $wrong.Count | Should -Be 2
        "$($wrong[0].FullyQualifiedErrorId)" | Should -BeLike 'WrongHash*'
        "$($wrong[1].FullyQualifiedErrorId)" | Should -BeLike 'DownloadNotFound*'
    }

    It 'names the nearest where there is none, and asks no plain address of another machine' {
        { Save-PretrainedModel ResNet19 -Source ./mirror -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownName*'
        { Save-PretrainedModel ResNet18 -Source http://mirror.example/models -ErrorAction Stop } | Should -Throw -ErrorId 'InsecureDownload*'
    }

    It 'fetches nothing by -WhatIf, nor by any other cmdlet' {
        Get-ModelArchitecture ResNet* | Save-PretrainedModel -Source ./none -WhatIf
        New-SampleDataset ./photos -Count 6 -Size 24
        $data = Import-ImageDataset ./photos
        $thrown = { New-FineTunePlan MobileNetV2 -Weights Published -Dataset $data } | Should -Throw -ErrorId 'NotSaved*' -PassThru
        $thrown.ErrorDetails.RecommendedAction | Should -Match 'Save-PretrainedModel MobileNetV2'
        (Get-ModelArchitecture MobileNetV2).Weights | Should -Be 'Published'
        (Get-ModelArchitecture ResNet20).Weights | Should -Be 'Embedded'
    }

    It 'keeps what a training starts from, and refuses it once it is another' {
        $golden = Get-Content (Join-Path (Split-Path $PSScriptRoot) 'PSFineTune.Core.Tests/Goldens/published-bert.json') -Raw | ConvertFrom-Json
        $null = New-Item -ItemType Directory ./hub/bert-base-uncased
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'hub/bert-base-uncased/pytorch_model.bin'), [Convert]::FromBase64String($golden.weights))
        Set-Content ./hub/bert-base-uncased/config.json ($golden.config | ConvertTo-Json)
        Set-Content ./hub/bert-base-uncased/vocab.txt $golden.vocab
        $saved = Save-PretrainedModel Bert -Source ./hub -PassThru
        New-SampleDataset ./desk -Kind Tickets -Count 20
        $texts = Import-TextDataset ./desk/tickets.csv
        $plan = New-FineTunePlan Bert -Weights Published -Dataset $texts -Epochs 1 -Threads 1
        $plan.Weights | Should -Be $saved.Path
        $plan.WeightsSha256 | Should -Be $saved.Sha256
        $plan.Model.HiddenSize | Should -Be 8
        $run = $plan | Invoke-FineTune -Workspace ./workspace
        "$($run.End)" | Should -Be 'AllEpochs'
        $run.Plan.WeightsSha256 | Should -Be $saved.Sha256
        # Others' weights of the same form, which nobody has saved.
        ConvertTo-Safetensors ./hub/bert-base-uncased/pytorch_model.bin -Destination $saved.Path -Force
        { New-FineTunePlan Bert -Weights Published -Dataset $texts } | Should -Throw -ErrorId 'SavedFileChanged*'
        Save-PretrainedModel Bert -Source ./hub
        (New-FineTunePlan Bert -Weights Published -Dataset $texts).WeightsSha256 | Should -Be $saved.Sha256
    }

    It 'takes one flat folder for one model alone, and one file for its own name' {
        Set-Content ./mirror/config.json '{}'
        $one = New-Item -ItemType Directory ./one
        Copy-Item ./mirror/model.safetensors $one.FullName
        Save-PretrainedModel bert-base-* -Source ./mirror -ErrorAction SilentlyContinue -ErrorVariable wrong -Force
        $wrong.Count | Should -Be 2
        $wrong.FullyQualifiedErrorId | Should -BeLike 'FlatSource*'
        { Save-PretrainedModel DistilBert -Source ./one/model.safetensors -ErrorAction Stop } | Should -Throw -ErrorId 'DownloadNotFound*'
        Save-PretrainedModel DistilBert -Source ./mirror/model.safetensors
        Get-Content (Join-Path $env:PSFINETUNE_WEIGHTS 'distilbert-base-uncased/vocab.txt') | Should -Be '[PAD]'
    }

    It 'says how a proxy is given' {
        foreach ($proxy in 'proxy.corp:8080', 'myproxy') {
            $thrown = { Save-PretrainedModel ResNet18 -Proxy $proxy } | Should -Throw -ErrorId 'BadProxy*' -PassThru
            $thrown.ErrorDetails.RecommendedAction | Should -Match 'http://host:port'
        }
    }

    It 'completes the names of what is published' {
        (TabExpansion2 'Save-PretrainedModel MobileNetV').CompletionMatches.CompletionText | Should -Contain 'MobileNetV2'
    }
}

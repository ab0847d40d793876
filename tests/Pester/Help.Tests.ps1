# Every example that Get-Help shows is run, in a folder that has what the examples talk of.
BeforeDiscovery {
    Import-Module PSFineTune
    $examples = foreach ($command in Get-Command -Module PSFineTune) {
        $number = 0
        foreach ($example in (Get-Help $command.Name -Examples).examples.example) {
            $number++
            @{ Command = $command.Name; Number = $number; Code = $example.code }
        }
    }
}

Describe 'Help' {
    BeforeAll {
        Import-Module PSFineTune
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        $place = Join-Path $TestDrive 'place'
        $null = New-Item -ItemType Directory $place
        Push-Location $place

        # Tasks are registered in folders of this test, and the tools are stand-ins: what this account has registered is not theirs to touch.
        $pathBefore, $unitsBefore, $dataBefore = $env:PATH, $env:XDG_CONFIG_HOME, $env:LOCALAPPDATA
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'config'
        $env:LOCALAPPDATA = Join-Path $TestDrive 'data'
        if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') {
            $tools = Join-Path $TestDrive 'tools'
            $null = New-Item -ItemType Directory $tools
            Set-Content (Join-Path $tools 'crontab') '#!/bin/sh', 'echo "no crontab for me" >&2', 'exit 1'
            foreach ($tool in 'pwsh', 'systemctl') { Set-Content (Join-Path $tools $tool) '#!/bin/sh' }
            foreach ($tool in 'crontab', 'pwsh', 'systemctl') { [System.IO.File]::SetUnixFileMode((Join-Path $tools $tool), 'UserRead, UserWrite, UserExecute') }
            $env:PATH = "$tools$([System.IO.Path]::PathSeparator)$env:PATH"
        }
        # Packages with files of text in place of the libraries, and what else Install-FineTuneRuntime would look up.
        $null = [System.Reflection.Assembly]::Load('System.IO.Compression.ZipFile'), [System.Reflection.Assembly]::Load('System.IO.Compression')
        $runtimeBefore, $env:PSFINETUNE_RUNTIME = $env:PSFINETUNE_RUNTIME, (Join-Path $TestDrive 'runtimes')
        $hashes = @{}
        foreach ($package in 'torchsharp.0.107.0', 'libtorch-cpu-linux-x64.2.10.0', 'libtorch-cpu-win-x64.2.10.0', 'libtorch-cpu-osx-arm64.2.10.0') {
            foreach ($platform in 'linux-x64', 'win-x64', 'osx-arm64') {
                $native = New-Item -ItemType Directory (Join-Path $TestDrive "unpacked/$package/runtimes/$platform/native")
                Set-Content (Join-Path $native.FullName $(if ($package -like 'torch*') { 'libLibTorchSharp.so' } else { "lib$package" })) $platform
            }
            foreach ($folder in 'packages', 'bundle') {
                $null = New-Item -ItemType Directory "./$folder" -Force
                $file = Join-Path $place "$folder/$package.nupkg"
                if ($folder -eq 'packages') { [System.IO.Compression.ZipFile]::CreateFromDirectory((Join-Path $TestDrive "unpacked/$package"), $file) }
                else { Copy-Item (Join-Path $place "packages/$package.nupkg") $file }
            }
            $hashes[($package -split '\.\d')[0]] = (Get-FileHash (Join-Path $place "packages/$package.nupkg")).Hash
        }
        $global:PSDefaultParameterValues['Install-FineTuneRuntime:Source'] = './packages'
        $global:PSDefaultParameterValues['Install-FineTuneRuntime:Hash'] = $hashes
        # There where no other example has installed it.
        $null = Install-FineTuneRuntime cpu

        if (-not (Test-Path ./nightly.json)) { Set-Content ./nightly.json '{ "Name": "nightly" }' }

        foreach ($name in 'clothing', 'new', 'scans') { New-SampleDataset "./$name" -Count 8 -Size 24 }
        Get-ChildItem ./scans -Recurse -Filter *.png | ForEach-Object { Rename-Item $_.FullName "patient$($_.BaseName -replace '\D').png" }
        New-SampleDataset ./photos -Count 8 -Size 24 -Seed 3
        $rows = Get-ChildItem ./photos -Recurse -Filter *.png | ForEach-Object { "photos/$($_.Directory.Name)/$($_.Name),$($_.Directory.Name)" }
        Set-Content ./labels.csv (@('path,label') + $rows)
        Set-Content ./shop.csv 'label,Link', 'hotdog,https://example.com/1', 'not-hotdog,https://example.com/2'
        New-SampleDataset ./desk -Kind Tickets -Count 20
        Set-Content ./clothing.task.json '{ "name": "shop", "data": { "path": "tickets.csv", "textColumn": "body", "labelColumn": "queue" }, "plan": { "model": "LinearSvm" }, "notify": { "skip": true } }'
        Copy-Item ./desk/tickets.csv ./tickets.csv
        Remove-Item ./desk -Recurse
        foreach ($name in 'train', 'test') { Set-Content "./$name.tsv" (@("text`tlabel") + (1..12 | ForEach-Object { "$name text $_`t$($_ % 2)" }) + "`t1") }
        Set-Content ./messages.jsonl (1..40 | ForEach-Object { "{`"text`":`"message $_`",`"label`":`"$($_ % 2)`",`"thread`":`"t$($_ % 10)`"}" })
        Set-Content ./notes.txt 'The printer is offline', 'The printer prints again'
        $null = New-Item -ItemType Directory ./jieba
        Set-Content ./jieba/dict.txt '我们 3 r', '每天 3 r', '重新 3 d', '训练 3 vn', '分类器 3 n'
        Set-Content ./jieba/hmm_part_of_speech.json '{ "start": { "S/x": 0 }, "trans": { "S/x": { "S/x": 0 } }, "emit": { "S/x": {} }, "char_states": {} }'
        $null = New-Item -ItemType Directory ./incoming
        foreach ($name in 'cat', 'chair', 'incoming/one', 'incoming/two') { Get-ChildItem ./clothing/hotdog | Select-Object -First 1 | Show-ImageGrid -Scale 0.5 -Title None -Path "./$name.jpg" }

        $golden = (Get-Content (Join-Path (Split-Path $PSScriptRoot) 'PSFineTune.Core.Tests/Goldens/torch.json') -Raw | ConvertFrom-Json).files | Where-Object name -eq 'half'
        $null = New-Item -ItemType Directory ./downloads, ./weights, ./bert
        foreach ($file in './resnet18.pth', './downloads/half.pth', './bert/half.pth') { [System.IO.File]::WriteAllBytes((Join-Path $place $file), [Convert]::FromBase64String($golden.file)) }
        ConvertTo-Safetensors ./bert/half.pth
        $map = $golden.tensors.PSObject.Properties.Name | ForEach-Object { "`"$_`": `"half.safetensors`"" }
        Set-Content ./bert/model.safetensors.index.json "{ `"weight_map`": { $($map -join ', ') } }"

        $texts = Import-TextDataset ./tickets.csv
        $machine = $texts | Invoke-FineTune LinearSvm
        $kernel = $texts | Invoke-FineTune Svm
        Set-Content ./sites.csv (@('body,queue,site') + (1..12 | ForEach-Object { "the printer in room $_ jams,hardware,$(('Berlin', 'Paris')[$_ % 2])" }))
        Set-Content ./theirs.model 'svm_type c_svc', 'kernel_type linear', 'nr_class 2', 'total_sv 2', 'rho 0', 'label 1 2', 'nr_sv 1 1', 'SV', '1 1:0.5 3:2', '-1 2:1'
        $results = foreach ($k in 10, 100) { foreach ($selector in 'ChiSquare', 'InformationGain') { [pscustomobject]@{ K = $k; Selector = $selector; Accuracy = $k / 100 } } }

        Set-Content ./tickets.svm '# lines of label and index:value', '1 1:0.5 3:2', '2 2:1'
        $sparse = Import-LibSvmData ./tickets.svm

        $data = Import-ImageDataset ./clothing -ValidationFraction 0.25 -TestFraction 0.25
        $augment = New-AugmentPipeline -Preset Tutorial
        $augment | Export-AugmentPipeline ./augment.json
        $source = $data | Invoke-FineTune MobileNetV2 -Weights Random -ImageSize 32 -Epochs 1 -Threads 1 -WarningAction SilentlyContinue
        Copy-Item (Join-Path (Get-ChildItem (Join-Path $source.Path 'checkpoints') | Select-Object -Last 1).FullName 'model.safetensors') ./mobilenet_v2.safetensors
        # A mirror with a small network in place of the publisher's, of which no hash is known.
        $weightsBefore = $env:PSFINETUNE_WEIGHTS
        $env:PSFINETUNE_WEIGHTS = Join-Path $TestDrive 'weights'
        $mirror = New-Item -ItemType Directory ./mirror
        $golden = Get-Content (Join-Path (Split-Path $PSScriptRoot) 'PSFineTune.Core.Tests/Goldens/published-bert.json') -Raw | ConvertFrom-Json
        [System.IO.File]::WriteAllBytes((Join-Path $mirror.FullName 'pytorch_model.bin'), [Convert]::FromBase64String($golden.weights))
        Set-Content ./mirror/config.json ($golden.config | ConvertTo-Json)
        Set-Content ./mirror/vocab.txt $golden.vocab
        $plan = New-FineTunePlan MobileNetV2 -Weights ./mobilenet_v2.safetensors -Dataset $data -Epochs 1 -Threads 1
        $run = $plan | Invoke-FineTune
        $vision = $data | Invoke-FineTune ViTTi16 -Weights Random -ImageSize 32 -Epochs 1 -Threads 1 -Keep Last -WarningAction SilentlyContinue
        Copy-Item (Join-Path (Get-ChildItem (Join-Path $vision.Path 'checkpoints') | Select-Object -Last 1).FullName 'model.safetensors') ./vit.safetensors
        $adapted = $data | Invoke-FineTune ViTTi16 -Weights ./vit.safetensors -Lora @{ Rank = 4 } -ImageSize 32 -Epochs 1 -Threads 1 -WarningAction SilentlyContinue
        $null = New-Item -ItemType Directory ./kept
        $adapted | Export-FineTuneModel ./kept/adapter.psft -AdapterOnly
        $run | Export-FineTuneModel ./kept/clothing.psft
        # Of a few steps from random weights a batch norm makes anything of rounding, which is no model to compare engines on.
        $steady = $data | Invoke-FineTune ResNet20 -Recipe Tutorial -ImageSize 32 -Epochs 1 -Threads 1
        $null = New-Item -ItemType Directory ./steady
        $steady | Export-FineTuneModel ./steady/clothing.psft
        $run | Export-FineTuneModel ./kept/furniture.psft -LabelData ./shop.csv
        $null = $source, $run | Publish-FineTuneModel clothing
        $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=signer', $key, [System.Security.Cryptography.HashAlgorithmName]::SHA256)
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(30))
        Set-Content ./signer.cer $certificate.ExportCertificatePem()
        Set-Content ./signer.pem $certificate.ExportCertificatePem(), $key.ExportPkcs8PrivateKeyPem()
        $run | Export-FineTuneModel ./kept/signed.psft -Certificate $certificate
    }

    AfterAll {
        Pop-Location
        $env:PSFINETUNE_WORKSPACE = $before
        $env:PSFINETUNE_RUNTIME = $runtimeBefore
        foreach ($name in 'Source', 'Hash') { $global:PSDefaultParameterValues.Remove("Install-FineTuneRuntime:$name") }
        $env:PSFINETUNE_WEIGHTS = $weightsBefore
        $env:PATH, $env:XDG_CONFIG_HOME, $env:LOCALAPPDATA = $pathBefore, $unitsBefore, $dataBefore
    }

    It '<Command>, example <Number>, runs as shown' -ForEach $examples {
        Copy-Item ./kept/*.psft . -Force
        if ($Code -match 'Export-OnnxModel') {
            $run = $steady
            Copy-Item ./steady/clothing.psft . -Force
        }
        # What an example writes must not be there yet.
        if ($Code -match 'Export-(?:FineTuneModel|FineTuneReport|AugmentPipeline|LibSvmData) (\S+)') { Remove-Item $Matches[1] -ErrorAction Ignore }
        $script = $Code -replace '-Count 400', '-Count 2' -replace '-Epochs 30', '-Epochs 1'
        { & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'; $script")) } | Should -Not -Throw -Because $Code
    }
}

# Laws of -WhatIf and -Confirm: each cmdlet that changes something has a case here, and a new one without a case fails.
BeforeDiscovery {
    Import-Module PSFineTune
    $cases = @{
        'Compare-FineTuneModel' = 'Compare-FineTuneModel $second $first'
        'ConvertTo-Safetensors' = 'ConvertTo-Safetensors ./tiny.pth ./written/tiny.safetensors'
        'Export-AugmentPipeline' = 'New-AugmentPipeline -Preset Tutorial | Export-AugmentPipeline ./written/augment.json'
        'Export-FineTuneModel' = 'Export-FineTuneModel ./written/model.psft -Model $first'
        'Export-FineTuneReport' = '$first | Export-FineTuneReport ./written/report.html'
        'Export-LibSvmData' = 'Import-LibSvmData ./tickets.svm | Export-LibSvmData ./written/copy.svm'
        'Export-LibSvmModel' = 'Export-LibSvmModel ./written/svm.model -Model $second'
        'Export-OnnxModel' = 'Export-OnnxModel ./written/model.onnx -Model $first'
        'Export-TextPipeline' = 'New-TextPipeline | Export-TextPipeline ./written/text.json'
        'Find-LearningRate' = '$plan | Find-LearningRate -Path ./written/rates.png'
        'Install-FineTuneRuntime' = 'Install-FineTuneRuntime -DownloadOnly -Destination ./written/bundle -Runtime linux-x64 -Source ./packages -Hash $hashes'
        'Invoke-AugmentPipeline' = 'Get-ChildItem ./photos -Recurse -Filter *.png | Select-Object -First 2 | Invoke-AugmentPipeline -Pipeline Tutorial -Destination ./written/pictures'
        'Invoke-FineTune' = '$plan | Invoke-FineTune'
        'Invoke-FineTuneTask' = 'Invoke-FineTuneTask ./nightly.json'
        'New-SampleDataset' = 'New-SampleDataset ./written/photos -Count 2 -Size 24'
        'Publish-FineTuneModel' = '$second | Publish-FineTuneModel another'
        'Register-FineTuneTask' = 'Register-FineTuneTask ./nightly.json -Name other -At 02:30 -Kind SystemdUser -PowerShellPath $pwsh'
        'Save-PretrainedModel' = 'Save-PretrainedModel -Repository a/b -Source ./mirror -Destination ./written/weights'
        'Set-FineTunePackageSignature' = 'Set-FineTunePackageSignature ./model.psft ./signer.pem'
        'Show-ImageGrid' = 'Get-ChildItem ./photos -Recurse -Filter *.png | Show-ImageGrid -Path ./written/grid.png'
        'Show-LineChart' = '1, 2, 3 | ForEach-Object { [pscustomobject]@{ K = $_; Accuracy = $_ / 3 } } | Show-LineChart K Accuracy -Path ./written/chart.png'
        'Show-TrainingCurve' = 'Show-TrainingCurve $pictures -Path ./written/curve.png'
        'Uninstall-FineTuneRuntime' = 'Uninstall-FineTuneRuntime cpu -Destination ./runtimes'
        'Undo-FineTunePublish' = 'Undo-FineTunePublish desk'
        'Unregister-FineTuneTask' = 'Unregister-FineTuneTask nightly -Kind SystemdUser'
    }
    $able = Get-Command -Module PSFineTune | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object { @{ Name = $_.Name; Call = $cases[$_.Name] } }
    $named = 'Compare-FineTuneModel', 'ConvertTo-Safetensors', 'Find-LearningRate', 'Install-FineTuneRuntime', 'Invoke-AugmentPipeline', 'Invoke-FineTune', 'Invoke-FineTuneTask', 'New-SampleDataset', 'Set-FineTunePackageSignature'
    $changing = Get-Command -Module PSFineTune | Where-Object { $_.Name -in $named -or $_.Name.Split('-')[0] -in 'Export', 'Publish', 'Undo', 'Register', 'Unregister', 'Uninstall', 'Show', 'Remove', 'Clear', 'Save', 'Write', 'Update' } | ForEach-Object { @{ Name = $_.Name } }
    $all = Get-Command -Module PSFineTune | ForEach-Object { @{ Name = $_.Name } }
    $noPwsh = -not (Get-Command pwsh -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    Import-Module PSFineTune
}

Describe 'What changes something' {
    BeforeAll {
        $variables = 'PATH', 'HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'LOCALAPPDATA', 'PSFINETUNE_WORKSPACE', 'PSFINETUNE_STORE'
        $before = $variables | ForEach-Object { [System.Environment]::GetEnvironmentVariable($_) }
        $tools = Join-Path $TestDrive 'tools'
        $null = New-Item -ItemType Directory $tools
        foreach ($tool in 'pwsh', 'systemctl') { Set-Content (Join-Path $tools $tool) '#!/bin/sh' }
        Set-Content (Join-Path $tools 'crontab') '#!/bin/sh', 'echo "no crontab for me" >&2', 'exit 1'
        if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') {
            foreach ($tool in 'pwsh', 'crontab', 'systemctl') { [System.IO.File]::SetUnixFileMode((Join-Path $tools $tool), 'UserRead, UserWrite, UserExecute') }
        }
        $pwsh = Join-Path $tools 'pwsh'
        $env:PATH = $tools + [System.IO.Path]::PathSeparator + $env:PATH
        $env:HOME = Join-Path $TestDrive 'home'
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'home/config'
        $env:XDG_DATA_HOME = $env:LOCALAPPDATA = Join-Path $TestDrive 'home/data'
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
        $env:PSFINETUNE_STORE = $null
        Push-Location $TestDrive

        $golden = (Get-Content (Join-Path (Split-Path $PSScriptRoot) 'PSFineTune.Core.Tests/Goldens/torch.json') -Raw | ConvertFrom-Json).files | Where-Object name -eq 'half'
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'tiny.pth'), [Convert]::FromBase64String($golden.file))
        New-SampleDataset ./photos -Count 20 -Size 24
        New-SampleDataset ./desk -Kind Tickets -Count 20
        $null = New-Item -ItemType Directory ./mirror
        Set-Content ./mirror/model.safetensors 'weights'
        Set-Content ./tickets.svm '1 1:0.5 3:2', '2 2:1'
        $photos = Import-ImageDataset ./photos -ValidationFraction 0.3
        $pictures = New-FineTunePlan ResNet20 -Dataset $photos -Recipe Tutorial -ImageSize 16 -Epochs 1 -Threads 1 -BatchSize 8 -Seed 3 | Invoke-FineTune
        $plan = New-FineTunePlan ResNet20 -Dataset $photos -Recipe Tutorial -ImageSize 16 -Epochs 3 -Threads 1 -BatchSize 8
        $texts = Import-TextDataset ./desk/tickets.csv
        $first = $texts | Invoke-FineTune LinearSvm
        $second = $texts | Invoke-FineTune Svm
        $null = $first, $second | Publish-FineTuneModel desk
        Export-FineTuneModel ./model.psft -Model $first
        # To be downloaded they need not be packages; their hashes are given.
        $null = New-Item -ItemType Directory ./packages
        $hashes = @{}
        foreach ($package in 'torchsharp.0.107.0', 'libtorch-cpu-linux-x64.2.10.0') {
            [System.IO.File]::WriteAllText((Join-Path $TestDrive "packages/$package.nupkg"), $package)
            $hashes[($package -split '\.\d')[0]] = (Get-FileHash "./packages/$package.nupkg").Hash
        }
        $null = New-Item -ItemType Directory ./runtimes/0.107.0-linux-x64-cpu
        Set-Content ./runtimes/0.107.0-linux-x64-cpu/runtime.json '{ "runtime": "linux-x64", "accelerator": "cpu", "version": "0.107.0" }'
        Set-Content ./nightly.json '{ "name": "nightly", "data": { "path": "desk/tickets.csv" }, "plan": { "model": "LinearSvm" }, "report": { "skip": true }, "notify": { "skip": true } }'
        $null = Register-FineTuneTask ./nightly.json -At 02:30 -Kind SystemdUser -PowerShellPath $pwsh -WarningAction SilentlyContinue
        $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=signer', $key, [System.Security.Cryptography.HashAlgorithmName]::SHA256)
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(30))
        Set-Content ./signer.pem $certificate.ExportCertificatePem(), $key.ExportPkcs8PrivateKeyPem()

        # Every name below the folder, and of a file its bytes and when they were written.
        function Get-Tree {
            [System.IO.Directory]::GetFileSystemEntries($TestDrive, '*', [System.IO.SearchOption]::AllDirectories) | Sort-Object | ForEach-Object {
                if ([System.IO.Directory]::Exists($_)) { $_ }
                else { "$_ $([System.IO.File]::GetLastWriteTimeUtc($_).Ticks) $([Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([System.IO.File]::ReadAllBytes($_))))" }
            }
        }

        # A script in a process of its own that nobody answers: what it said, with its exit code on the last line.
        function Invoke-Unattended([string] $Code) {
            $script = Join-Path $TestDrive 'unattended.ps1'
            Set-Content $script 'Import-Module PSFineTune', $Code
            $said = if ([System.Environment]::ProcessPath -match 'pwsh(\.exe)?$') { & ([System.Environment]::ProcessPath) -NoProfile -NonInteractive -File $script 2>&1 }
            else { & dotnet ([System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PSFineTune.Host' }).Location -NonInteractive $script 2>&1 }
            "$said"
            "$LASTEXITCODE"
        }
    }

    AfterAll {
        Pop-Location
        for ($i = 0; $i -lt $variables.Count; $i++) { [System.Environment]::SetEnvironmentVariable($variables[$i], $before[$i]) }
    }

    It '<Name> has a case in this file' -ForEach $able {
        $Call | Should -Not -BeNullOrEmpty
    }

    It '<Name> supports -WhatIf and -Confirm' -ForEach $changing {
        (Get-Command $Name).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command $Name).Parameters.Keys | Should -Contain 'Confirm'
    }

    It '<Name> asks nobody who did not ask to be asked' -ForEach $all {
        $attribute = (Get-Command $Name).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
        $attribute.ConfirmImpact | Should -BeIn 'None', 'Low', 'Medium'
    }

    It '<Name> -WhatIf changes no byte' -ForEach $able {
        $tree = Get-Tree
        & ([scriptblock]::Create("$Call -WhatIf -ErrorAction Stop -WarningAction SilentlyContinue")) | Out-Null
        $after = Get-Tree
        $after | Where-Object { $_ -notin $tree } | Should -BeNullOrEmpty
        $tree | Where-Object { $_ -notin $after } | Should -BeNullOrEmpty
    }

    # Which shows besides that the case above would have seen it.
    It '<Name> -Confirm:$false does what it says, whatever the preference' -ForEach $able {
        $tree = Get-Tree
        $ConfirmPreference = 'Low'
        & ([scriptblock]::Create("$Call -Confirm:`$false -ErrorAction Stop -WarningAction SilentlyContinue")) | Out-Null
        (Get-Tree) -join "`n" | Should -Not -Be ($tree -join "`n")
    }

    It 'a scheduled session is asked nothing' {
        $said = Invoke-Unattended "Set-Location '$TestDrive'; Import-TextDataset ./desk/tickets.csv | Invoke-FineTune Svm | Publish-FineTuneModel scheduled; Undo-FineTunePublish desk -Version 1; (Invoke-FineTuneTask ./nightly.json).ExitCode; exit 5"
        $said[1] | Should -Be '5'
        $said[0] | Should -Match 'scheduled'
    }

    It 'a question that nobody can answer is an error, and nothing is done' {
        foreach ($asking in "New-SampleDataset '$TestDrive/asked' -Confirm", "`$ConfirmPreference = 'Low'; New-SampleDataset '$TestDrive/asked'", "(Invoke-FineTuneTask '$TestDrive/nightly.json' -Confirm).ExitCode") {
            $ledger = [System.IO.File]::ReadAllBytes((Join-Path $env:PSFINETUNE_WORKSPACE 'ledger.jsonl')).Length
            $said = Invoke-Unattended "`$ErrorActionPreference = 'Stop'; $asking"
            $said[1] | Should -Be '1'
            Join-Path $TestDrive 'asked' | Should -Not -Exist
            [System.IO.File]::ReadAllBytes((Join-Path $env:PSFINETUNE_WORKSPACE 'ledger.jsonl')).Length | Should -Be $ledger
        }
    }

    It 'errors go where -ErrorAction sends them' {
        Import-FineTuneModel ./none.psft, ./neither.psft -ErrorAction SilentlyContinue -ErrorVariable wrong | Should -BeNullOrEmpty
        @($wrong).Count | Should -Be 2
        { Import-FineTuneModel ./none.psft -ErrorAction Stop } | Should -Throw -ErrorId 'CannotRead*'
        Get-PublishedModel none -ErrorAction Ignore | Should -BeNullOrEmpty
        { Get-PublishedModel none -ErrorAction Stop } | Should -Throw -ErrorId 'NotPublished*'
        { Unregister-FineTuneTask none -Kind SystemdUser -ErrorAction Stop } | Should -Throw -ErrorId 'NoSuchTask*'
        # What goes wrong in a task is its outcome.
        (Invoke-FineTuneTask ./none.json -ErrorAction Stop -WarningAction SilentlyContinue).ExitCode | Should -Be 50
        { Invoke-FineTuneTask ./none.json -WarningAction Stop } | Should -Throw
    }

    It 'what is done is told with -Verbose, and not without' {
        $told = Invoke-FineTuneTask ./nightly.json -Verbose -WarningAction SilentlyContinue 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        foreach ($stage in 'Lock', 'Audit', 'Train', 'Compare', 'Ledger') { "$told" | Should -Match "$stage …" }
        Invoke-FineTuneTask ./nightly.json -WarningAction SilentlyContinue 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Should -BeNullOrEmpty
    }

    # The host of this project keeps none.
    It 'a transcript can be read' -Skip:$noPwsh {
        $script = Join-Path $TestDrive 'transcript.ps1'
        Set-Content $script 'Import-Module PSFineTune', "Start-Transcript '$TestDrive/transcript.txt'", "Invoke-FineTuneTask '$TestDrive/nightly.json' -Verbose", 'Stop-Transcript'
        & pwsh -NoProfile -NonInteractive -File $script | Out-Null
        $text = Get-Content (Join-Path $TestDrive 'transcript.txt') -Raw
        $text | Should -Match 'VERBOSE: Lock'
        $text | Should -Match 'Held|Published'
        $text | Should -Not -Match "`e\["
    }
}

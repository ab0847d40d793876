# Signed packages: who is believed, and what is refused.
BeforeAll {
    Import-Module PSFineTune
}

Describe 'Signed packages' {
    BeforeAll {
        $before = $env:PSFINETUNE_WORKSPACE
        $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'

        # A certificate with its private key that signs itself.
        function New-Signer {
            param([string] $Name, $Key)
            $sha256 = [System.Security.Cryptography.HashAlgorithmName]::SHA256
            $request = if ($Key -is [System.Security.Cryptography.RSA]) {
                [System.Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $Key, $sha256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
            }
            else {
                [System.Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $Key, $sha256)
            }
            $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(30))
        }

        $rsa = [System.Security.Cryptography.RSA]::Create(2048)
        $signer = New-Signer 'night shift' $rsa
        $stranger = New-Signer 'night shift' ([System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256')))
        $trusted = Join-Path $TestDrive 'trusted.cer'
        Set-Content $trusted $signer.ExportCertificatePem()
        $pem = Join-Path $TestDrive 'key file.pem'
        Set-Content $pem $signer.ExportCertificatePem(), $rsa.ExportPkcs8PrivateKeyPem()

        New-SampleDataset (Join-Path $TestDrive 'desk') -Kind Tickets -Count 20
        $run = Import-TextDataset (Join-Path $TestDrive 'desk/tickets.csv') | Invoke-FineTune LinearSvm
        $plain = Join-Path $TestDrive 'plain.psft'
        $signed = Join-Path $TestDrive 'signed.psft'
        $run | Export-FineTuneModel $plain
        $run | Export-FineTuneModel $signed -Certificate $pem

        # The id of the error that a script block ends with.
        function Get-FaultId {
            param([scriptblock] $Script)
            try { & $Script | Out-Null } catch { return $_.FullyQualifiedErrorId.Split(',')[0] }
        }
    }

    AfterAll {
        $env:PSFINETUNE_WORKSPACE = $before
        $env:PSFINETUNE_TRUST = $null
    }

    It 'come from a certificate, a file with a password and a package that is there' {
        $pfx = Join-Path $TestDrive 'signer.pfx'
        $type = [System.Security.Cryptography.X509Certificates.X509ContentType]::Pfx
        [System.IO.File]::WriteAllBytes($pfx, $signer.Export($type, 'secret'))
        $password = [System.Security.SecureString]::new()
        'secret'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
        $one, $two, $three = 'one', 'two', 'three' | ForEach-Object { Join-Path $TestDrive "$_.psft" }
        $run | Export-FineTuneModel $one -Certificate $signer
        $run | Export-FineTuneModel $two -Certificate $pfx -CertificatePassword $password
        Copy-Item $plain $three
        Set-FineTunePackageSignature $three -Certificate $pem -WhatIf
        (Get-FileHash $three).Hash | Should -Be (Get-FileHash $plain).Hash
        (Set-FineTunePackageSignature $three -Certificate $pem -PassThru).FullName | Should -Be $three
        $found = Test-FineTunePackage $one, $two, $three -TrustedCertificate $trusted
        $found.Accepted | Should -Be $true, $true, $true
        $found.Signature.Subject | Should -Be 'CN=night shift', 'CN=night shift', 'CN=night shift'
        Get-FaultId { $run | Export-FineTuneModel (Join-Path $TestDrive 'four.psft') -Certificate $trusted } | Should -Be 'BadCertificate'
        Join-Path $TestDrive 'four.psft' | Should -Not -Exist
    }

    It 'are opened where the signer is trusted, and only there' {
        $model = Import-FineTuneModel $signed -TrustedCertificate $trusted
        "$($model.Signature.Status)" | Should -Be 'Valid'
        $model.Signature.Thumbprint | Should -Be $signer.Thumbprint
        (Invoke-Prediction -Text 'the printer jams' -Model $model).Label | Should -BeIn $model.Classes
        $other = Join-Path $TestDrive 'other.psft'
        $run | Export-FineTuneModel $other -Certificate $stranger
        Get-FaultId { Import-FineTuneModel $other -TrustedCertificate $trusted -ErrorAction Stop } | Should -Be 'SignerNotTrusted'
        Get-FaultId { Import-FineTuneModel $plain -TrustedCertificate $trusted -ErrorAction Stop } | Should -Be 'PackageNotSigned'
        Get-FaultId { Import-FineTuneModel $signed -RevokedThumbprint $signer.Thumbprint -ErrorAction Stop } | Should -Be 'SignerNotTrusted'
        Get-FaultId { Import-FineTuneModel $signed -RequireSignature -ErrorAction Stop } | Should -Be 'SignerNotTrusted'
        (Import-FineTuneModel $signed).Classes | Should -Be $run.Classes
    }

    It 'are not opened by an empty list of whom to trust' {
        foreach ($none in @(), $null) {
            Get-FaultId { Import-FineTuneModel $plain -TrustedCertificate $none -ErrorAction Stop } | Should -BeLike 'ParameterArgumentValidationError*'
            Get-FaultId { Test-FineTunePackage $plain -TrustedCertificate $none -ErrorAction Stop } | Should -BeLike 'ParameterArgumentValidationError*'
            Get-FaultId { Test-FineTunePackage $signed -RevokedThumbprint $none -ErrorAction Stop } | Should -BeLike 'ParameterArgumentValidationError*'
        }
        Get-FaultId { Test-FineTunePackage $plain -TrustedCertificate '' -Quiet -ErrorAction Stop } | Should -Not -BeNullOrEmpty
    }

    It 'are not made good by a new signature' {
        $stranger2 = Join-Path $TestDrive 'stranger.psft'
        $run | Export-FineTuneModel $stranger2 -Certificate $stranger
        $env:PSFINETUNE_TRUST = Join-Path $TestDrive 'sign.json'
        try {
            Set-Content $env:PSFINETUNE_TRUST '{ "schemaVersion": 1, "trustedCertificates": ["trusted.cer"] }'
            Get-FaultId { Set-FineTunePackageSignature $stranger2 -Certificate $pem -ErrorAction Stop } | Should -Be 'SignerNotTrusted'
        }
        finally {
            $env:PSFINETUNE_TRUST = $null
        }
        Set-FineTunePackageSignature $stranger2 -Certificate $pem
        Test-FineTunePackage $stranger2 -TrustedCertificate $trusted -Quiet | Should -Be $true
    }

    It 'are judged without an error' {
        $refused = Test-FineTunePackage $plain -TrustedCertificate $trusted
        $refused.Accepted | Should -Be $false
        $refused.ErrorId | Should -Be 'PackageNotSigned'
        $refused.Reason | Should -BeLike '*no signature*'
        $refused.Parts.Name | Should -Contain 'model.safetensors'
        Test-FineTunePackage $plain -TrustedCertificate $trusted -Quiet | Should -Be $false
        Test-FineTunePackage $signed -TrustedCertificate $trusted -Quiet | Should -Be $true
        $cut = Join-Path $TestDrive 'cut.psft'
        [System.IO.File]::WriteAllBytes($cut, [System.IO.File]::ReadAllBytes($signed)[0..500])
        (Test-FineTunePackage $cut).ErrorId | Should -Be 'DamagedPackage'
        $page = $refused | Out-String
        $page | Should -BeLike '*Accepted*False*'
    }

    It 'obey the policy of the machine wherever they are opened' {
        $policy = Join-Path $TestDrive 'trust.json'
        Set-Content $policy '{ "schemaVersion": 1, "trustedCertificates": ["trusted.cer"] }'
        $env:PSFINETUNE_TRUST = $policy
        try {
            Get-FaultId { Invoke-Prediction -Text 'x' -Model $plain } | Should -Be 'PackageNotSigned'
            Get-FaultId { Import-FineTuneModel $plain -ErrorAction Stop } | Should -Be 'PackageNotSigned'
            (Test-FineTunePackage $plain).Accepted | Should -Be $false
            (Invoke-Prediction -Text 'the printer jams' -Model $signed).Label | Should -BeIn $run.Classes
            Set-Content $policy '{'
            Get-FaultId { Invoke-Prediction -Text 'x' -Model $signed } | Should -Be 'BadTrustPolicy'
            $env:PSFINETUNE_TRUST = Join-Path $TestDrive 'gone.json'
            Get-FaultId { Invoke-Prediction -Text 'x' -Model $signed } | Should -Be 'BadTrustPolicy'
        }
        finally {
            $env:PSFINETUNE_TRUST = $null
        }
    }

    It 'expire when they were told to' {
        $late = Join-Path $TestDrive 'late.psft'
        $run | Export-FineTuneModel $late -ExpiresAfter (Get-Date).AddDays(-1)
        Get-FaultId { Import-FineTuneModel $late -ErrorAction Stop } | Should -Be 'PackageExpired'
        Get-FaultId { Invoke-Prediction -Text 'x' -Model $late } | Should -Be 'PackageExpired'
        (Test-FineTunePackage $late).Expires | Should -BeLessThan ([DateTimeOffset]::UtcNow)
        $fresh = Join-Path $TestDrive 'fresh.psft'
        $run | Export-FineTuneModel $fresh -ExpiresAfter (Get-Date).AddDays(1)
        (Import-FineTuneModel $fresh).Expires | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
    }

    It 'carry probes unless told otherwise' {
        (Test-FineTunePackage $plain).Probes | Should -Be 8
        (Test-FineTunePackage $plain).ProbeDifference | Should -BeLessThan 1e-5
        (Test-FineTunePackage $plain -SkipProbe).Probes | Should -Be 0
        $bare = Join-Path $TestDrive 'bare.psft'
        $run | Export-FineTuneModel $bare -ProbeCount 0
        (Test-FineTunePackage $bare).Probes | Should -Be 0
        (Test-FineTunePackage $bare).Parts.Name | Should -Not -Contain 'probes.json'
        $again = Join-Path $TestDrive 'again.psft'
        Export-FineTuneModel $again -Model $bare -Workspace (Join-Path $TestDrive 'nowhere') -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*no probes*'
        Export-FineTuneModel $again -Model $plain -Force -Workspace (Join-Path $TestDrive 'nowhere') -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Not -BeLike '*no probes*'
        (Test-FineTunePackage $again).Probes | Should -Be 8
    }

    It 'lose the signature when they are exported again, with a warning' {
        $copy = Join-Path $TestDrive 'copy.psft'
        Export-FineTuneModel $copy -Model $signed -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike '*not signed*'
        "$((Import-FineTuneModel $copy).Signature.Status)" | Should -Be 'NotSigned'
    }

    It 'are another model when the file was exchanged after the import' {
        $here = Join-Path $TestDrive 'here.psft'
        Copy-Item $signed $here
        $model = Import-FineTuneModel $here
        $run | Export-FineTuneModel $here -Force -ProbeCount 0
        Get-FaultId { Invoke-Prediction -Text 'x' -Model $model } | Should -Be 'PackageChanged'
    }
}

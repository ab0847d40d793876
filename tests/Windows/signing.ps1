# A signature by a key of this machine, and what becomes of it when the package is changed.
param([string] $Path)
$ErrorActionPreference = 'Stop'
$Path = Join-Path $Path signing
$env:PSFINETUNE_WORKSPACE = Join-Path $Path workspace
New-SampleDataset (Join-Path $Path desk) -Kind Tickets -Count 60 -Force
$package = Import-TextDataset (Join-Path $Path desk/tickets.csv) | Invoke-FineTune LinearSvm | Export-FineTuneModel (Join-Path $Path tickets.psft) -Force -PassThru
$key = [System.Security.Cryptography.RSA]::Create(2048)
$request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=signer', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
try { $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(30)) }
catch {
    # Wine has no such function; Windows has.
    if (-not $env:WINEDEBUG) { throw }
    Write-Output "Skipped: no certificate can be made here ($_)."
    return
}
Set-Content (Join-Path $Path signer.pem) $certificate.ExportCertificatePem(), $key.ExportPkcs8PrivateKeyPem()
Set-FineTunePackageSignature $package (Join-Path $Path signer.pem)
$check = Test-FineTunePackage $package -TrustedCertificate (Join-Path $Path signer.pem)
$check | Format-List
if ("$($check.Signature.Status)" -ne 'Valid') { throw 'the signature is not valid' }

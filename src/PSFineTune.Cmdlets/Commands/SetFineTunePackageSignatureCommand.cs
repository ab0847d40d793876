using System.Management.Automation;
using System.Security;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Signs a .psft package that is there, such as on the machine that holds the key; nothing else in it changes.</summary>
/// <remarks>A signature that it has is replaced, but not one that is invalid, or that $env:PSFINETUNE_TRUST does not admit: the new one would vouch for a package that was changed. The signature is detached CMS with SHA-256 over the package's manifest, which holds the SHA-256 of every part. RSA keys of 2048 bits or more and ECDSA on P-256, P-384 and P-521 are taken; a certificate that limits its purposes must allow signing of code or documents. The file is written beside and renamed.</remarks>
/// <example>
/// <code>Set-FineTunePackageSignature ./clothing.psft -Certificate ./signer.pem</code>
/// By a certificate with its private key in a file.
/// </example>
/// <example>
/// <code>Set-FineTunePackageSignature ./clothing.psft -Certificate $certificate -PassThru | Test-FineTunePackage -SkipProbe</code>
/// By a certificate object, such as one of Get-ChildItem Cert:\CurrentUser\My -CodeSigningCert.
/// </example>
/// <example>
/// <code>Get-ChildItem ./kept -Filter *.psft | Set-FineTunePackageSignature -Certificate ./signer.pem -WhatIf</code>
/// Which files would be signed.
/// </example>
[Cmdlet(VerbsCommon.Set, "FineTunePackageSignature", DefaultParameterSetName = "Path", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class SetFineTunePackageSignatureCommand : ImportCmdlet
{
    /// <summary>A certificate with its private key, its thumbprint in a certificate store, or the path of a .pfx or .pem file.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public object Certificate { get; set; } = null!;

    /// <summary>Of the file that -Certificate names.</summary>
    [Parameter]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>Write the signed file as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? Read(string path)
    {
        if (!ShouldProcess(path, "Sign package")) return null;
        using var key = CertificateInput.Of(Certificate, CertificatePassword, GetUnresolvedProviderPathFromPSPath);
        PackageFile.Sign(path, key);
        return PassThru ? new FileInfo(path) : null;
    }
}

using System.Management.Automation;
using PSFineTune.Packaging.Signing;

namespace PSFineTune.Cmdlets;

/// <summary>Says whether a .psft package may be used here, and why not: hashes, signature, expiry, and its predictions made again.</summary>
/// <remarks>A package that is damaged, not trusted or expired is a result, not an error. Nothing is executed and no network is asked: certificates are judged by those you name, by $env:PSFINETUNE_TRUST, by their time and by the thumbprints you revoke. See about_PSFineTune_Security.</remarks>
/// <example>
/// <code>Test-FineTunePackage ./clothing.psft</code>
/// What is known of a package.
/// </example>
/// <example>
/// <code>if (-not (Test-FineTunePackage ./signed.psft -TrustedCertificate ./signer.cer -Quiet)) { Write-Warning 'The package stays where it is.' }</code>
/// A gate in a script that copies packages to where they are used.
/// </example>
/// <example>
/// <code>Get-ChildItem ./kept -Filter *.psft | Test-FineTunePackage -SkipProbe | Where-Object Accepted -eq $false | Format-List Path, Reason</code>
/// Which of many are not whole, without loading their weights.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "FineTunePackage", DefaultParameterSetName = "Path"), OutputType(typeof(PackageCheck), typeof(bool))]
public sealed class TestFineTunePackageCommand : TrustingCmdlet
{
    /// <summary>Only whether it is accepted.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override object Read(string path) =>
        PackageCheck.Of(path, Policy, !SkipProbe, null, Cancelled, BasePath) is var check && Quiet ? check.Accepted : check;
}

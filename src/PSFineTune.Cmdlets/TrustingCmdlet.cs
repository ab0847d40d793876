using System.Management.Automation;
using PSFineTune.Packaging.Signing;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that opens packages under a policy of whom to trust; that of $env:PSFINETUNE_TRUST holds besides.</summary>
public abstract class TrustingCmdlet : ImportCmdlet
{
    /// <summary>Certificates of signers, or of who issues theirs: paths of .pem or .cer files, or thumbprints in a certificate store. A package must then be signed by one of them; an empty list is refused, for it would ask for nothing.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[] TrustedCertificate { get; set; } = [];

    /// <summary>Thumbprints (SHA-1 or SHA-256) of certificates that count no longer, of signers or of who issued theirs. A signed package must then have a chain of trusted certificates up to its root.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[] RevokedThumbprint { get; set; } = [];

    /// <summary>Refuse a package without a signature by somebody trusted.</summary>
    [Parameter]
    public SwitchParameter RequireSignature { get; set; }

    /// <summary>Do not make the predictions of the package's probes again: faster, and blind to a machine that predicts otherwise.</summary>
    [Parameter]
    public SwitchParameter SkipProbe { get; set; }

    /// <summary>Let the TorchScript program run that a model of TorchScriptBackbone holds: code with the rights of this account. Without it such a model is refused.</summary>
    [Parameter]
    public SwitchParameter AllowCode { get; set; }

    private protected override bool AllowsCode => AllowCode;

    /// <summary>Of an adapter package: the file of weights that it is added to, of any name, or the folder that has it. Without it one of the same bytes is looked for beside the package and in the folder of saved weights, $env:PSFINETUNE_WEIGHTS.</summary>
    [Parameter]
    public string? BaseWeights { get; set; }

    private protected string? BasePath => FullPath(BaseWeights);

    // Given is asked for, however few are left of what was given.
    private protected TrustPolicy Policy => new()
    {
        TrustedCertificates = [.. TrustedCertificate.Select(given => CertificateInput.PathOf(given, GetUnresolvedProviderPathFromPSPath))],
        RevokedThumbprints = RevokedThumbprint,
        RequireSignature = RequireSignature || MyInvocation.BoundParameters.ContainsKey(nameof(TrustedCertificate)),
    };
}

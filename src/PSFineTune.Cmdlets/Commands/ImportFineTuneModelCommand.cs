using System.Management.Automation;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;

namespace PSFineTune.Cmdlets;

/// <summary>Opens a .psft package: every hash is checked, the signature where you ask for one, and that it predicts here what it predicted where it was made; what is inside is shown.</summary>
/// <remarks>Nothing in a package is executed. A damaged, truncated, expired or newer file is one clear error, and so is one whose signer is not trusted. Checks need no network. The model that comes out is tied to what was checked: another file at its path is refused later on.</remarks>
/// <example>
/// <code>Import-FineTuneModel ./clothing.psft</code>
/// What the package holds.
/// </example>
/// <example>
/// <code>$model = Import-FineTuneModel ./clothing.psft; Get-ChildItem ./incoming | Invoke-Prediction -Model $model</code>
/// Opened once, used for many photos.
/// </example>
/// <example>
/// <code>(Import-FineTuneModel ./clothing.psft).Plan | Get-ModelLayer head</code>
/// How it was trained.
/// </example>
/// <example>
/// <code>Import-FineTuneModel ./signed.psft -TrustedCertificate ./signer.cer | Select-Object -ExpandProperty Signature</code>
/// Only if it is signed by whom you trust; and by whom that was.
/// </example>
/// <example>
/// <code>Import-FineTuneModel ./adapter.psft -BaseWeights ./vit.safetensors</code>
/// An adapter, and the weights that it is added to; beside the package they would be found.
/// </example>
[Cmdlet(VerbsData.Import, "FineTuneModel", DefaultParameterSetName = "Path"), OutputType(typeof(ModelPackage))]
public sealed class ImportFineTuneModelCommand : TrustingCmdlet
{
    private protected override object Read(string path)
    {
        var content = PackageFile.Open(path, Policy).Based(BasePath);
        content.Package.RequireConsent();
        if (!SkipProbe) ProbeCheck.Require(TrainedModel.Of(content), Cancelled);
        return content.Package;
    }
}

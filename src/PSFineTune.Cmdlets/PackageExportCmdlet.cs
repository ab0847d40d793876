using System.Globalization;
using System.Management.Automation;
using System.Security;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that writes a package, with what it is checked by and who vouches for it.</summary>
public abstract class PackageExportCmdlet : ModelExportCmdlet
{
    /// <summary>Sign the package: a certificate with its private key, its thumbprint in a certificate store, or the path of a .pfx or .pem file.</summary>
    [Parameter]
    public object? Certificate { get; set; }

    /// <summary>Of the file that -Certificate names.</summary>
    [Parameter]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>After this time the package is not opened any more, such as (Get-Date).AddDays(90).</summary>
    [Parameter]
    public DateTimeOffset? ExpiresAfter { get; set; }

    /// <summary>How many samples of the validation data travel along with what the model says of them, so that Import-FineTuneModel finds out where a machine predicts otherwise; 0 for none. They are your data: whoever has the package can look at them.</summary>
    [Parameter, ValidateRange(0, ProbeSet.Most)]
    public int ProbeCount { get; set; } = 8;

    private protected override bool IsPackage => true;

    private protected void Export(TrainedModel trained, string path, string? labelData, bool adapterOnly = false)
    {
        using var key = Certificate is null ? null : CertificateInput.Of(Certificate, CertificatePassword, GetUnresolvedProviderPathFromPSPath);
        if (ExpiresAfter is not null) trained = trained.Until(ExpiresAfter);
        if (key is null && trained.Described.Signature is { Status: not Packaging.Signing.SignatureStatus.NotSigned })
            WriteWarning("The new package is not signed; sign it with -Certificate, for a signature is of one package only.");
        Probed(trained).Export(path, labelData, key, adapterOnly: adapterOnly);
    }

    private protected TrainedModel Calibrated(TrainedModel trained)
    {
        var own = trained.ValidationData(WorkspacePath(Workspace), new ShownProgress(this), Cancelled);
        if (trained.IsOtherThanLearned(own)) WriteWarning(JudgedData.Changed(own));
        foreach (var (done, count, temperature) in Calibration.Of(trained, own, Cancelled))
            if (temperature is { } found) trained = trained.At(found);
            else WriteProgress(new(8142, "Calibrating", $"{done} of {count}") { PercentComplete = (int)(100L * done / count) });
        if (Calibration.Doubt(trained.Described.Temperature, own) is { } doubt) WriteWarning(doubt);
        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Temperature {trained.Described.Temperature:0.000}."));
        return trained;
    }

    // A package of elsewhere keeps its own where none can be made.
    TrainedModel Probed(TrainedModel trained)
    {
        if (ProbeCount == 0) return trained.Probed(null);
        try
        {
            var own = trained.ValidationData(WorkspacePath(Workspace), new ShownProgress(this), Cancelled);
            if (ProbeMaker.Of(trained, own, ProbeCount, Cancelled) is { } probes) return trained.Probed(probes);
            if (!trained.HasProbes) WriteWarning("The package has no probes, for there is no validation sample that can be read: whether a machine predicts otherwise will not be noticed.");
        }
        catch (FineTuneException fault)
        {
            if (!trained.HasProbes) WriteWarning($"The package has no probes, so whether a machine predicts otherwise will not be noticed. {fault.Message}");
        }
        return trained;
    }
}

using PSFineTune.Packaging.Probes;

namespace PSFineTune.Packaging.Signing;

/// <summary>Whether a package may be used here, and what is known of it.</summary>
public sealed record PackageCheck
{
    /// <summary>The package's file, full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whole, with the weights at hand that an adapter needs, trusted as far as that was asked for, not expired, and it predicts here what it predicted where it was made.</summary>
    public bool Accepted { get; init; }

    /// <summary>Why it is not accepted; empty where it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Id of the error that opening it would end with; empty where it is accepted.</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>Who signed it; null where the file is no whole package.</summary>
    public PackageSignature? Signature { get; init; }

    /// <summary>Every part with size and SHA-256, which it has; empty where the file is no whole package.</summary>
    public IReadOnlyList<Part> Parts { get; init => field = value.ToIndexable(); } = [];

    /// <summary>After which it is not opened any more; null for no such time.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>How many predictions were made again; 0 where it has no probes or they were skipped.</summary>
    public int Probes { get; init; }

    /// <summary>The largest difference of a probability of a probe; NaN where none was made again.</summary>
    public double ProbeDifference { get; init; } = double.NaN;

    /// <summary>Looks at a package as one who opens it would, and says what is wrong instead of ending.</summary>
    /// <param name="path">The package.</param>
    /// <param name="policy">Whom to trust, besides what $env:PSFINETUNE_TRUST asks for; null for anybody.</param>
    /// <param name="probe">Make the predictions of its probes again.</param>
    /// <param name="clock">When certificates and the package must be in their time; null for now.</param>
    /// <param name="cancel">Checked between the parts of the work.</param>
    /// <param name="baseWeights">The file that an adapter is added to, full path; null to look for it.</param>
    public static PackageCheck Of(string path, TrustPolicy? policy = null, bool probe = true, TimeProvider? clock = null, CancellationToken cancel = default, string? baseWeights = null)
    {
        var check = new PackageCheck { Path = System.IO.Path.GetFullPath(path) };
        try
        {
            var now = (clock ?? TimeProvider.System).GetUtcNow();
            var parts = PackageParts.Read(check.Path);
            check = check with { Parts = parts.Manifest.Parts };
            var (asked, signature) = PackageFile.Judge(parts, policy, now);
            check = check with { Signature = signature };
            var content = PackageFile.Content(parts);
            check = check with { Expires = content.Package.Expires };
            asked.Enforce(check.Path, signature);
            if (check.Expires is { } expires && now > expires) throw Fault.PackageExpired(check.Path, expires);
            cancel.ThrowIfCancellationRequested();
            content = content.Based(baseWeights);
            if (!probe || ProbeCheck.Of(TrainedModel.Of(content), cancel) is not (var count, var largest)) return check with { Accepted = true };
            check = check with { Probes = count, ProbeDifference = largest };
            return largest <= ProbeCheck.Tolerance ? check with { Accepted = true } : throw Fault.ServingParity(check.Path, count, largest, ProbeCheck.Tolerance);
        }
        catch (FineTuneException fault)
        {
            return check with { Reason = fault.Message, ErrorId = fault.Id };
        }
        // The next package may well be whole.
        catch (Exception wrong) when (wrong is not OperationCanceledException && !cancel.IsCancellationRequested)
        {
            var fault = Fault.DamagedPackage(check.Path, $"it cannot be read ({wrong.Message.TrimEnd('.')})", wrong);
            return check with { Reason = fault.Message, ErrorId = fault.Id };
        }
    }
}

using System.Text.Json.Serialization;

namespace PSFineTune.Packaging.Signing;

/// <summary>
/// Whose packages may be opened. A package that is signed must be signed validly by somebody trusted; nobody is trusted by
/// default, not even the roots of the operating system, which vouch for who somebody is and not for their models.
/// </summary>
public sealed record TrustPolicy
{
    /// <summary>Environment variable that names a policy's file: every package that is opened must meet it.</summary>
    public const string Variable = "PSFINETUNE_TRUST";

    /// <summary>The newest form that this version reads, and the one it writes.</summary>
    public const int NewestSchema = 1;

    public int SchemaVersion { get; init; } = NewestSchema;

    /// <summary>Certificates of signers or of who issues theirs: paths of PEM or DER files, or thumbprints in a certificate store. In a file relative to it.</summary>
    public IReadOnlyList<string> TrustedCertificates { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Thumbprints (SHA-1 or SHA-256) of certificates that count no longer, signers or issuers.</summary>
    public IReadOnlyList<string> RevokedThumbprints { get; init => field = value.ToIndexable(); } = [];

    /// <summary>A file of more of them, one a line; what follows a # does not count. Null for none; one that cannot be read refuses every package.</summary>
    public string? RevokedFile { get; init; }

    /// <summary>A package without a signature is refused.</summary>
    public bool RequireSignature { get; init; } = true;

    /// <summary>Certificates are judged at the time at which the signer says that it signed, so that packages outlive the certificate. Whoever has the key of an expired certificate can claim any time.</summary>
    public bool SigningTimeCounts { get; init; }

    /// <summary>It asks for nothing.</summary>
    [JsonIgnore]
    internal bool IsEmpty => this is { RequireSignature: false, TrustedCertificates.Count: 0, RevokedThumbprints.Count: 0, RevokedFile: null };

    /// <summary>What holds where nobody gave a policy: a signature must be of this content, whoever made it.</summary>
    internal static TrustPolicy None { get; } = new() { RequireSignature = false };

    /// <summary>The policy of a file.</summary>
    /// <exception cref="FineTuneException">BadTrustPolicy.</exception>
    public static TrustPolicy Read(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var json = File.ReadAllText(full);
            // Names are read whatever their case.
            if (JsonNames.Twice(json, StringComparer.OrdinalIgnoreCase) is { } twice) throw new FormatException($"it has '{twice}' twice.");
            var policy = PlanJson.Read<TrustPolicy>(json);
            if (policy is { TrustedCertificates: null } or { RevokedThumbprints: null }) throw new FormatException("a list of it is null.");
            if (policy.TrustedCertificates.Concat(policy.RevokedThumbprints).Any(string.IsNullOrWhiteSpace)) throw new FormatException("a list of it has an empty place.");
            return policy.SchemaVersion == NewestSchema ? policy.In(Path.GetDirectoryName(full)!) : throw new FormatException($"it has schema version {policy.SchemaVersion}; this version of the module reads {NewestSchema}.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FineTuneException or FormatException or ArgumentException)
        {
            throw Fault.BadTrustPolicy(full, wrong.Message, wrong);
        }
    }

    /// <summary>The policy of this machine or account; null where $env:PSFINETUNE_TRUST names none.</summary>
    /// <exception cref="FineTuneException">BadTrustPolicy: it names one that cannot be read.</exception>
    internal static TrustPolicy? OfEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? Read(path) : null;

    /// <summary>The same with full paths, those that are relative counted from a folder.</summary>
    internal TrustPolicy In(string folder) => this with
    {
        TrustedCertificates = [.. TrustedCertificates.Select(given => Thumbprint.Find(given) is null ? Path.GetFullPath(given, folder) : given)],
        RevokedFile = RevokedFile is null ? null : Path.GetFullPath(RevokedFile, folder),
    };

    /// <summary>Whether a package with such a signature may be opened.</summary>
    internal bool Admits(PackageSignature signature) => signature.Status switch
    {
        SignatureStatus.Valid => true,
        SignatureStatus.NotSigned => !RequireSignature,
        // Nobody was named whom to trust or not to, and no signature is asked for: a signature must not make a package worse than none.
        // Where something is revoked, of a signer without a known chain nobody can tell whether it is meant.
        SignatureStatus.Untrusted or SignatureStatus.Expired => this is { RequireSignature: false, TrustedCertificates.Count: 0, RevokedThumbprints.Count: 0, RevokedFile: null },
        _ => false,
    };

    /// <exception cref="FineTuneException">PackageNotSigned, SignatureInvalid, SignerNotTrusted.</exception>
    internal void Enforce(string path, PackageSignature signature)
    {
        if (Admits(signature)) return;
        throw signature.Status switch
        {
            SignatureStatus.NotSigned => Fault.PackageNotSigned(path),
            SignatureStatus.Invalid => Fault.SignatureInvalid(path, signature.Reason),
            _ => Fault.SignerNotTrusted(path, signature),
        };
    }
}

namespace PSFineTune.Packaging.Signing;

/// <summary>What is to be thought of a package's signature.</summary>
public enum SignatureStatus
{
    /// <summary>There is none.</summary>
    NotSigned,

    /// <summary>It is over this content, by a certificate that the policy trusts, which is in its time and not revoked.</summary>
    Valid,

    /// <summary>It is not over this content, or no signature of the form that is accepted.</summary>
    Invalid,

    /// <summary>It is over this content, but no trusted certificate stands behind the signer.</summary>
    Untrusted,

    /// <summary>A certificate's time is over, or has not begun, or the signature is of a time to come.</summary>
    Expired,

    /// <summary>The signer, or who issued its certificate, is on the list of the revoked.</summary>
    Revoked,
}

/// <summary>Who signed a package, and whether that counts under a policy at a time.</summary>
public sealed record PackageSignature
{
    public SignatureStatus Status { get; init; }

    /// <summary>Why it is not valid; empty where it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Distinguished name of the signer; empty where none can be read.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Of who issued the signer's certificate.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>SHA-1 of the signer's certificate, upper-case hexadecimal: the name that certificate stores know it by.</summary>
    public string Thumbprint { get; init; } = "";

    /// <summary>SHA-256 of the signer's certificate, upper-case hexadecimal.</summary>
    public string ThumbprintSha256 { get; init; } = "";

    /// <summary>From when the signer's certificate holds.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when the signer's certificate holds.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>When it was signed, as the signer says; nobody else vouches for it.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>Key and digest, such as RSA 3072, SHA-256.</summary>
    public string Algorithm { get; init; } = "";

    public override string ToString() => Status == SignatureStatus.NotSigned ? "NotSigned" : Reason.Length > 0 ? $"{Status}: {Reason}" : $"{Status}, by {Subject}";
}

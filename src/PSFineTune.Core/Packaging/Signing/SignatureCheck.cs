using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace PSFineTune.Packaging.Signing;

/// <summary>
/// Detached CMS signatures (RFC 5652) over the bytes of a package's manifest, checked without a network: no certificate and
/// no list of revoked ones is fetched. Whatever is not understood is not valid.
/// </summary>
static class SignatureCheck
{
    // A chain of five certificates of RSA 4096 has a tenth of it.
    const int Limit = 1 << 16;

    const string Data = "1.2.840.113549.1.7.1";

    // Clocks differ; a signature of tomorrow is none.
    static readonly TimeSpan s_clocks = TimeSpan.FromMinutes(10);

    /// <param name="content">What is signed.</param>
    /// <param name="signature">DER; null for none.</param>
    /// <param name="policy">Who is trusted.</param>
    /// <param name="now">When certificates must hold.</param>
    /// <exception cref="FineTuneException">What the policy names cannot be read.</exception>
    public static PackageSignature Of(byte[] content, byte[]? signature, TrustPolicy policy, DateTimeOffset now)
    {
        using var anchors = TrustAnchors.Of(policy);
        if (signature is null) return new();
        try
        {
            return Signed(content, signature, policy, anchors, now);
        }
        // What parsers of hostile bytes throw.
        catch (Exception wrong) when (wrong is CryptographicException or AsnContentException or ArgumentException or FormatException or InvalidOperationException or OverflowException or NotSupportedException or IndexOutOfRangeException)
        {
            return Invalid(wrong.Message.TrimEnd('.'));
        }
    }

    static PackageSignature Signed(byte[] content, byte[] signature, TrustPolicy policy, TrustAnchors anchors, DateTimeOffset now)
    {
        if (signature.Length > Limit) return Invalid($"it has {signature.Length} bytes, over the limit of {Limit}");
        var cms = new SignedCms(new ContentInfo(new Oid(Data), content), detached: true);
        cms.Decode(signature);
        var embedded = cms.Certificates;
        try
        {
            if (cms.SignerInfos.Count != 1) return Invalid($"it has {cms.SignerInfos.Count} signers instead of one");
            var signer = cms.SignerInfos[0];
            if (signer.UnsignedAttributes.Count > 0) return Invalid("it has attributes that are not signed");
            if (signer.DigestAlgorithm.Value != SignerRules.Sha256) return Invalid($"its digest is {signer.DigestAlgorithm.FriendlyName ?? signer.DigestAlgorithm.Value}, not SHA-256");
            // One form, so that nothing can be hidden in another.
            if (!cms.Encode().AsSpan().SequenceEqual(signature) || !IsPlain(signature) || signer.Version != (signer.SignerIdentifier.Type == SubjectIdentifierType.IssuerAndSerialNumber ? 1 : 3)) return Invalid("it is no plain detached signature in the distinguished encoding");
            using var certificate = signer.Certificate;
            if (certificate is null) return Invalid("it lacks the signer's certificate");
            if (SignerRules.Flaw(certificate) is { } flaw) return Invalid(flaw);
            if (SignedAt(signer) is not { } signedAt) return Invalid("it does not say when it was signed");
            signer.CheckSignature(verifySignatureOnly: true);

            var (status, reason) = Chain(certificate, embedded, anchors, policy.SigningTimeCounts ? signedAt : now);
            if (status == SignatureStatus.Valid && signedAt > now + s_clocks) (status, reason) = (SignatureStatus.Expired, $"it says that it was signed at {signedAt:u}, which is still to come");
            // Its time of signing is the signer's word, and this one is none.
            if (status == SignatureStatus.Valid && signedAt < certificate.NotBefore.ToUniversalTime()) (status, reason) = (SignatureStatus.Expired, $"it says that it was signed at {signedAt:u}, before its certificate held");
            return Described(certificate) with { SignedAt = signedAt, Status = status, Reason = reason };
        }
        finally
        {
            foreach (var one in embedded) one.Dispose();
        }
    }

    // ContentInfo, [0], SignedData: what stands before the certificates is covered by no signature. Version 1, SHA-256, data that are elsewhere.
    static bool IsPlain(byte[] signature)
    {
        var content = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        content.ReadObjectIdentifier();
        var signed = content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        if (!signed.TryReadInt32(out var version) || version != 1) return false;
        var digests = signed.ReadSetOf();
        var digest = digests.ReadSequence();
        if (digest.ReadObjectIdentifier() != SignerRules.Sha256 || digests.HasData) return false;
        if (digest.HasData) digest.ReadNull();
        var data = signed.ReadSequence();
        return !digest.HasData && data.ReadObjectIdentifier() == Data && !data.HasData;
    }

    static DateTimeOffset? SignedAt(SignerInfo signer)
    {
        var times = signer.SignedAttributes.Cast<CryptographicAttributeObject>().SelectMany(attribute => attribute.Values.Cast<AsnEncodedData>()).OfType<Pkcs9SigningTime>().ToList();
        return times.Count == 1 ? new(times[0].SigningTime.ToUniversalTime()) : null;
    }

    static PackageSignature Described(X509Certificate2 certificate) => new()
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        Thumbprint = certificate.Thumbprint,
        ThumbprintSha256 = Thumbprint.Sha256(certificate),
        NotBefore = new(certificate.NotBefore.ToUniversalTime()),
        NotAfter = new(certificate.NotAfter.ToUniversalTime()),
        Algorithm = $"{SignerRules.KeyOf(certificate)}, SHA-256",
    };

    static (SignatureStatus, string) Chain(X509Certificate2 certificate, X509Certificate2Collection embedded, TrustAnchors anchors, DateTimeOffset at)
    {
        using var chain = Offline(at);
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.ExtraStore.AddRange(embedded);
        foreach (var anchor in anchors.Certificates)
            (IsOwnIssuer(anchor) ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore).Add(anchor);
        chain.Build(certificate);
        X509Certificate2[] links = [.. chain.ChainElements.Select(element => element.Certificate)];
        try
        {
            if (links.Prepend(certificate).FirstOrDefault(anchors.IsRevoked) is { } revoked) return (SignatureStatus.Revoked, $"the certificate of '{revoked.Subject}' is revoked");
            var top = Array.FindIndex(links, anchors.Has);
            if (top < 0) return (SignatureStatus.Untrusted, anchors.Certificates.Count == 0 ? "no certificate is trusted here" : "none of the trusted certificates stands behind it");
            if (links[..top].FirstOrDefault(link => !SignerRules.IsStrong(link)) is { } weak) return (SignatureStatus.Untrusted, $"the certificate of '{weak.Subject}' is itself signed by a weak digest");
            if (links[..(top + 1)].Skip(1).FirstOrDefault(link => !SignerRules.IsForSigning(link)) is { } other) return (SignatureStatus.Untrusted, $"the certificate of '{other.Subject}' may issue none for signing code or documents (extended key usage)");
            // Whoever leaves a revoked issuer out, or puts another certificate of its key in its place, must not get past the list:
            // no link may be missing, and the last must be one that did not come with the package.
            var whole = anchors.Revokes ? links.Length - 1 : top;
            if (anchors.Revokes && !(IsOwnIssuer(links[^1]) && anchors.Has(links[^1])))
                return (SignatureStatus.Untrusted, "certificates are revoked here, and its chain does not end in a root that is among the trusted ones, so it may hide a revoked issuer");
            // Where an issuer is trusted, what lies above it need not be known; where the signer is, nothing but its time counts.
            var flags = StatusOf(chain, top) | StatusOf(chain, whole) & ~X509ChainStatusFlags.NotTimeValid;
            if ((flags & ~X509ChainStatusFlags.NotTimeValid) != 0) return (SignatureStatus.Untrusted, $"its chain of certificates does not hold ({flags})");
            return links[..(top + 1)].FirstOrDefault(link => at < link.NotBefore.ToUniversalTime() || at > link.NotAfter.ToUniversalTime()) is { } late
                ? (SignatureStatus.Expired, $"the certificate of '{late.Subject}' holds from {late.NotBefore.ToUniversalTime():u} to {late.NotAfter.ToUniversalTime():u}")
                : flags == 0 ? (SignatureStatus.Valid, "") : (SignatureStatus.Expired, "a certificate above it is out of its time");
        }
        finally
        {
            foreach (var link in links) link.Dispose();
        }
    }

    // Of the links up to one, where that is not the signer itself.
    static X509ChainStatusFlags StatusOf(X509Chain chain, int top) => top == 0 ? X509ChainStatusFlags.NoError
        : chain.ChainElements.Take(top + 1).SelectMany(element => element.ChainElementStatus).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status)
            & ~(X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain);

    static bool IsOwnIssuer(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>A chain that asks nobody; the caller disposes it.</summary>
    public static X509Chain Offline(DateTimeOffset at) => new()
    {
        ChainPolicy =
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = at.UtcDateTime,
            VerificationTimeIgnored = false,
        },
    };

    static PackageSignature Invalid(string reason) => new() { Status = SignatureStatus.Invalid, Reason = reason };
}

using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PSFineTune.Packaging.Signing;

/// <summary>A certificate with its private key and who issued it, ready to sign packages.</summary>
sealed class SigningKey : IDisposable
{
    readonly X509Certificate2 _certificate;
    readonly X509Certificate2Collection _issuers;
    readonly bool _owned;

    SigningKey(X509Certificate2 certificate, X509Certificate2Collection issuers, string given, bool owned)
    {
        (_certificate, _issuers, _owned) = (certificate, issuers, owned);
        if (!certificate.HasPrivateKey) throw Fault.BadCertificate(given, "it comes without its private key");
        if (SignerRules.Flaw(certificate) is { } flaw) throw Fault.BadCertificate(given, flaw);
    }

    /// <summary>Of a certificate that the caller keeps.</summary>
    /// <exception cref="FineTuneException">BadCertificate: no private key, or not for signing.</exception>
    public static SigningKey Of(X509Certificate2 certificate) => new(certificate, [], certificate.Subject, owned: false);

    /// <summary>Of a file (.pfx, or .pem with the key in it or in a .key file beside it), or of a thumbprint in the store of this account or machine.</summary>
    /// <param name="given">A full path, or a thumbprint.</param>
    /// <param name="password">Of the file; null for none.</param>
    /// <exception cref="FineTuneException">BadCertificate, CannotRead.</exception>
    public static SigningKey Open(string given, string? password)
    {
        if (Thumbprint.Find(given) is { } thumbprint && !File.Exists(given))
            return new(Thumbprint.InStore(thumbprint, own: true) ?? throw Fault.BadCertificate(given, "no certificate store of this account or machine has it with its private key"), [], given, owned: true);
        try
        {
            var bytes = TrustAnchors.Bytes(given);
            var all = bytes.AsSpan().IndexOf("-----BEGIN"u8) >= 0 ? OfPem(given, Encoding.UTF8.GetString(bytes), password) : OfPfx(bytes, password);
            var signer = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw Fault.BadCertificate(given, "it comes without its private key");
            all.Remove(signer);
            return new(signer, all, given, owned: true);
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            throw Fault.BadCertificate(given, wrong.Message.TrimEnd('.'), wrong);
        }
    }

    /// <summary>The detached signature of some bytes, DER, with the certificates that lead to the root but not the root.</summary>
    /// <exception cref="FineTuneException">BadCertificate: it is out of its time, or its key cannot be used.</exception>
    public byte[] Sign(byte[] content, DateTimeOffset now)
    {
        if (now < _certificate.NotBefore.ToUniversalTime() || now > _certificate.NotAfter.ToUniversalTime())
            throw Fault.BadCertificate(_certificate.Subject, $"it holds from {_certificate.NotBefore.ToUniversalTime():u} to {_certificate.NotAfter.ToUniversalTime():u}");
        try
        {
            var cms = new SignedCms(new ContentInfo(content), detached: true);
            var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, _certificate) { DigestAlgorithm = new(SignerRules.Sha256), IncludeOption = X509IncludeOption.EndCertOnly };
            signer.SignedAttributes.Add(new Pkcs9SigningTime(now.UtcDateTime));
            signer.Certificates.AddRange(Issuers(now));
            cms.ComputeSignature(signer, silent: true);
            var signature = cms.Encode();
            // What this module would refuse it does not write.
            return SignatureCheck.Of(content, signature, TrustPolicy.None, now) is { Status: SignatureStatus.Invalid, Reason: var why } ? throw Fault.BadCertificate(_certificate.Subject, why) : signature;
        }
        catch (CryptographicException wrong)
        {
            throw Fault.BadCertificate(_certificate.Subject, wrong.Message.TrimEnd('.'), wrong);
        }
    }

    public void Dispose()
    {
        if (!_owned) return;
        _certificate.Dispose();
        foreach (var issuer in _issuers) issuer.Dispose();
    }

    X509Certificate2Collection Issuers(DateTimeOffset now)
    {
        using var chain = SignatureCheck.Offline(now);
        chain.ChainPolicy.ExtraStore.AddRange(_issuers);
        chain.Build(_certificate);
        return [.. chain.ChainElements.Skip(1).Select(element => element.Certificate).Where(one => !one.SubjectName.RawData.AsSpan().SequenceEqual(one.IssuerName.RawData))];
    }

    static X509Certificate2Collection OfPfx(byte[] bytes, string? password)
    {
        X509Certificate2Collection all = [];
        // A .cer without a key is told from a .pfx by its content.
        if (X509Certificate2.GetCertContentType(bytes) == X509ContentType.Cert) all.Add(new X509Certificate2(bytes));
        else all.Import(bytes, password, OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet);
        return all;
    }

    static X509Certificate2Collection OfPem(string path, string pem, string? password)
    {
        X509Certificate2Collection all = [];
        all.ImportFromPem(pem);
        if (all.Count == 0) throw Fault.BadCertificate(path, "the file holds none");
        var beside = Path.ChangeExtension(path, ".key");
        var keys = pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal) || !File.Exists(beside) ? pem : Encoding.UTF8.GetString(TrustAnchors.Bytes(beside));
        if (!keys.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) return all;
        // The first certificate is the signer's, as in chains of servers.
        var signer = password is null ? X509Certificate2.CreateFromPem(pem, keys) : X509Certificate2.CreateFromEncryptedPem(pem, keys, password);
        all[0].Dispose();
        all[0] = signer;
        return all;
    }
}

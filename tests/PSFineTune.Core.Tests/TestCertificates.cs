using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PSFineTune.Tests;

/// <summary>Certificates made for a test, with their private keys.</summary>
static class TestCertificates
{
    public const string CodeSigning = "1.3.6.1.5.5.7.3.3", ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), End = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero), Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Self-signed, or issued by another.</summary>
    /// <param name="name">Common name.</param>
    /// <param name="key">RSA or ECDsa.</param>
    /// <param name="issuer">Null for itself.</param>
    /// <param name="authority">It may issue others.</param>
    /// <param name="purpose">Extended key usage; null for none.</param>
    /// <param name="to">Until when it holds.</param>
    /// <param name="hash">Of its own signature, where it signs itself.</param>
    public static X509Certificate2 Make(string name, AsymmetricAlgorithm key, X509Certificate2? issuer = null, bool authority = false, string? purpose = CodeSigning, DateTimeOffset? to = null, HashAlgorithmName? hash = null)
    {
        var digest = hash ?? HashAlgorithmName.SHA256;
        var request = key is RSA rsa ? new CertificateRequest($"CN={name}", rsa, digest, RSASignaturePadding.Pkcs1) : new CertificateRequest($"CN={name}", (ECDsa)key, digest);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(authority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, true));
        if (purpose is not null && !authority) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (issuer is null) return request.CreateSelfSigned(Start, to ?? End);
        byte[] serial = [1, .. RandomNumberGenerator.GetBytes(8)];
        var generator = issuer.GetRSAPrivateKey() is { } theirs ? X509SignatureGenerator.CreateForRSA(theirs, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!);
        using var plain = request.Create(issuer.SubjectName, generator, Start, to ?? End, serial);
        return key is RSA mine ? plain.CopyWithPrivateKey(mine) : plain.CopyWithPrivateKey((ECDsa)key);
    }

    public static string Pem(params X509Certificate2[] certificates) => string.Join('\n', certificates.Select(one => one.ExportCertificatePem()));
}

/// <summary>A clock that stands still.</summary>
sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}

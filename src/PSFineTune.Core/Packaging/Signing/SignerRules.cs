using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PSFineTune.Packaging.Signing;

/// <summary>Which certificates may sign packages, whoever trusts them.</summary>
static class SignerRules
{
    public const int LeastRsa = 2048;

    public const string Sha256 = "2.16.840.1.101.3.4.2.1";

    const string Rsa = "1.2.840.113549.1.1.1", Ec = "1.2.840.10045.2.1";

    // DER of the names of P-256, P-384 and P-521; curves that are spelt out are refused, for they may be made to fit a key.
    static readonly (byte[] Name, int Size)[] s_curves =
        [([6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7], 256), ([6, 5, 0x2B, 0x81, 4, 0, 0x22], 384), ([6, 5, 0x2B, 0x81, 4, 0, 0x23], 521)];

    // Code signing, document signing (RFC 9336 and Microsoft's), any.
    static readonly string[] s_purposes = ["1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12", "2.5.29.37.0"];

    // RSA and ECDSA with SHA-256, SHA-384 and SHA-512.
    static readonly HashSet<string> s_strong =
        ["1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4"];

    /// <summary>Why it may not sign packages; null where it may. Its time and who trusts it are other questions.</summary>
    public static string? Flaw(X509Certificate2 certificate)
    {
        if (KeyOf(certificate) is null)
            return $"its key is neither RSA of {LeastRsa} bits or more nor ECDSA on P-256, P-384 or P-521";
        if (certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && (usage.KeyUsages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) == 0)
            return "its key is not meant for signatures (key usage)";
        return IsForSigning(certificate) ? null : "its purposes are others than signing code or documents (extended key usage)";
    }

    /// <summary>Its purposes, which those of a certificate that it issues cannot exceed, include signing code or documents; one without the extension is for any (RFC 5280, 4.2.1.12).</summary>
    public static bool IsForSigning(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().All(purposes => purposes.EnhancedKeyUsages.Cast<Oid>().Any(purpose => s_purposes.Contains(purpose.Value)));

    /// <summary>Kind and bits of its key, such as RSA 3072; null where it is none that is accepted.</summary>
    public static string? KeyOf(X509Certificate2 certificate)
    {
        if (certificate.PublicKey.Oid.Value == Rsa)
        {
            using var key = certificate.GetRSAPublicKey();
            return key is { KeySize: >= LeastRsa } ? $"RSA {key.KeySize}" : null;
        }
        if (certificate.PublicKey.Oid.Value != Ec) return null;
        var name = certificate.PublicKey.EncodedParameters.RawData;
        var curve = s_curves.FirstOrDefault(curve => curve.Name.AsSpan().SequenceEqual(name));
        return curve.Name is null ? null : $"ECDSA P-{curve.Size}";
    }

    /// <summary>It was itself signed with a digest that nobody can forge.</summary>
    public static bool IsStrong(X509Certificate2 certificate) => s_strong.Contains(certificate.SignatureAlgorithm.Value ?? "");
}

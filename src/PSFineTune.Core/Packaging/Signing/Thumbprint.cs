using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PSFineTune.Packaging.Signing;

/// <summary>Names of certificates by their hash, upper-case hexadecimal.</summary>
static class Thumbprint
{
    static readonly (StoreName, StoreLocation)[] s_own = [(StoreName.My, StoreLocation.CurrentUser), (StoreName.My, StoreLocation.LocalMachine)];

    static readonly (StoreName, StoreLocation)[] s_all =
    [
        .. from location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine }
           from name in new[] { StoreName.My, StoreName.TrustedPublisher, StoreName.TrustedPeople, StoreName.CertificateAuthority, StoreName.Root }
           select (name, location),
    ];

    /// <summary>The thumbprint that a text is, with or without blanks and colons, or that a Cert: path ends with; null where it is none.</summary>
    public static string? Find(string given)
    {
        var last = given.StartsWith("Cert:", StringComparison.OrdinalIgnoreCase) ? given[(given.LastIndexOfAny(['\\', '/']) + 1)..] : given;
        // A thumbprint copied from the Windows dialog begins with an invisible mark.
        var plain = string.Concat(last.Where(letter => letter is not (':' or ' ' or '\u200e'))).ToUpperInvariant();
        return plain.Length is 40 or 64 && plain.All(char.IsAsciiHexDigit) ? plain : null;
    }

    /// <summary>Of SHA-256.</summary>
    public static string Sha256(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>It is the certificate's, by either hash.</summary>
    public static bool Names(string thumbprint, X509Certificate2 certificate) =>
        thumbprint == (thumbprint.Length == 40 ? certificate.GetCertHashString(HashAlgorithmName.SHA1) : Sha256(certificate));

    /// <summary>The certificate of this account or machine; null where there is none. The caller disposes it.</summary>
    /// <param name="thumbprint">From <see cref="Find"/>.</param>
    /// <param name="own">Only those that this account may sign by.</param>
    public static X509Certificate2? InStore(string thumbprint, bool own)
    {
        foreach (var (name, location) in own ? s_own : s_all)
        {
            using var store = new X509Store(name, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            // Not every platform has every store.
            catch (Exception wrong) when (wrong is CryptographicException or PlatformNotSupportedException)
            {
                continue;
            }
            X509Certificate2? found = null;
            foreach (var certificate in store.Certificates)
                if (found is null && Names(thumbprint, certificate) && (!own || certificate.HasPrivateKey)) found = certificate;
                else certificate.Dispose();
            if (found is not null) return found;
        }
        return null;
    }
}

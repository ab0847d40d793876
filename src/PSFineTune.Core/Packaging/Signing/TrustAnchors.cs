using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PSFineTune.Packaging.Signing;

/// <summary>A policy with its files read: the certificates that are trusted and those that are revoked.</summary>
sealed class TrustAnchors : IDisposable
{
    // A file of certificates or thumbprints; more is none.
    const long FileLimit = 16 << 20;

    readonly HashSet<string> _revoked;

    TrustAnchors(X509Certificate2Collection certificates, HashSet<string> revoked) => (Certificates, _revoked) = (certificates, revoked);

    public X509Certificate2Collection Certificates { get; }

    /// <summary>Something is revoked, so that what a chain leaves out matters.</summary>
    public bool Revokes => _revoked.Count > 0;

    /// <exception cref="FineTuneException">BadCertificate, BadThumbprint, CannotRead: whatever cannot be read refuses every package.</exception>
    public static TrustAnchors Of(TrustPolicy policy)
    {
        var revoked = policy.RevokedThumbprints.Select(given => Thumbprint.Find(given ?? "") ?? throw Fault.BadThumbprint(given ?? ""))
            .Concat(policy.RevokedFile is { } file ? InList(file) : []).ToHashSet();
        var anchors = new TrustAnchors([], revoked);
        try
        {
            foreach (var given in policy.TrustedCertificates)
                if (Thumbprint.Find(given ?? throw Fault.BadCertificate("", "nothing was given")) is { } thumbprint) anchors.Certificates.Add(Thumbprint.InStore(thumbprint, own: false) ?? throw Fault.BadCertificate(given, "no certificate store has it"));
                else anchors.Certificates.AddRange(InFile(given));
            return anchors;
        }
        catch
        {
            anchors.Dispose();
            throw;
        }
    }

    /// <summary>It is one of those that are trusted, byte for byte.</summary>
    public bool Has(X509Certificate2 certificate) => Certificates.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));

    public bool IsRevoked(X509Certificate2 certificate) =>
        _revoked.Count > 0 && (_revoked.Contains(certificate.GetCertHashString(HashAlgorithmName.SHA1)) || _revoked.Contains(Thumbprint.Sha256(certificate)));

    public void Dispose()
    {
        foreach (var certificate in Certificates) certificate.Dispose();
    }

    /// <summary>The certificates of a PEM or DER file, at least one.</summary>
    /// <exception cref="FineTuneException">BadCertificate, CannotRead.</exception>
    static X509Certificate2Collection InFile(string path)
    {
        try
        {
            var bytes = Bytes(path);
            X509Certificate2Collection found = [];
            if (bytes.AsSpan().IndexOf("-----BEGIN"u8) >= 0) found.ImportFromPem(Encoding.UTF8.GetString(bytes));
            else found.Add(new X509Certificate2(bytes));
            return found.Count > 0 ? found : throw Fault.BadCertificate(path, "the file holds none");
        }
        catch (CryptographicException wrong)
        {
            throw Fault.BadCertificate(path, wrong.Message.TrimEnd('.'), wrong);
        }
    }

    // As editors and shells of all systems write text: Windows PowerShell's > is UTF-16.
    static IEnumerable<string> InList(string path)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(path)), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var line = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            var given = text.Split('#')[0].Trim();
            if (given.Length > 0) yield return Thumbprint.Find(given) ?? throw Fault.BadThumbprint(given, $"{path}, line {line}");
        }
    }

    /// <summary>A small file as a whole.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static byte[] Bytes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= FileLimit ? File.ReadAllBytes(path) : throw new IOException($"It has more than {FileLimit} bytes.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}

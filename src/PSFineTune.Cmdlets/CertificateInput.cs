using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using PSFineTune.Packaging.Signing;

namespace PSFineTune.Cmdlets;

/// <summary>What a user gives as a certificate to sign by.</summary>
static class CertificateInput
{
    /// <param name="given">A certificate, a thumbprint, or a file or its path.</param>
    /// <param name="password">Of a file.</param>
    /// <param name="full">Full path of a path.</param>
    /// <exception cref="FineTuneException">BadCertificate, CannotRead.</exception>
    public static SigningKey Of(object given, SecureString? password, Func<string, string> full) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        X509Certificate2 certificate => SigningKey.Of(certificate),
        FileInfo file => SigningKey.Open(file.FullName, Plain(password)),
        var text => SigningKey.Open(PathOf(text.ToString() ?? "", full), Plain(password)),
    };

    /// <summary>A thumbprint or Cert: path as it is, anything else as a full path.</summary>
    public static string PathOf(string given, Func<string, string> full) => Thumbprint.Find(given) is null ? full(given) : given;

    static string? Plain(SecureString? password) => password is null ? null : new NetworkCredential("", password).Password;
}

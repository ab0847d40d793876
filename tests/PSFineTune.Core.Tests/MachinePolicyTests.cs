using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Signing;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>The policy that the environment names, which all tests beside would obey.</summary>
[Collection(nameof(Alone))]
public sealed class MachinePolicyTests : IDisposable
{
    static readonly FixedClock s_clock = new(TestCertificates.Now);

    readonly TempFolder _folder = new();
    readonly X509Certificate2 _signer = TestCertificates.Make("signer", RSA.Create(2048)), _stranger = TestCertificates.Make("stranger", RSA.Create(2048));

    public MachinePolicyTests()
    {
        File.WriteAllText(_folder["machine.pem"], TestCertificates.Pem(_signer));
        File.WriteAllText(_folder["machine.json"], """{ "schemaVersion": 1, "trustedCertificates": ["machine.pem"] }""");
        Environment.SetEnvironmentVariable(TrustPolicy.Variable, _folder["machine.json"]);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(TrustPolicy.Variable, null);
        _folder.Dispose();
        _signer.Dispose();
        _stranger.Dispose();
    }

    string Packed(X509Certificate2? by)
    {
        using var key = by is null ? null : SigningKey.Of(by);
        PackageFile.Write(_folder["x.psft"], PackageTests.Content(), key, s_clock);
        return _folder["x.psft"];
    }

    [Fact]
    public void What_a_command_revokes_holds_for_those_whom_the_machine_trusts()
    {
        TrustPolicy Revoking(string thumbprint) => new() { RequireSignature = false, RevokedThumbprints = [thumbprint] };
        Assert.Equal(SignatureStatus.Valid, PackageFile.Open(Packed(_signer), Revoking(_stranger.Thumbprint), s_clock).Package.Signature!.Status);
        Assert.Equal("SignerNotTrusted", Assert.Throws<FineTuneException>(() => PackageFile.Open(Packed(_signer), Revoking(_signer.Thumbprint), s_clock)).Id);
    }

    [Fact]
    public void A_package_of_a_stranger_is_not_signed_anew_and_one_without_a_signature_is()
    {
        using var key = SigningKey.Of(_signer);
        Assert.Equal("SignerNotTrusted", Assert.Throws<FineTuneException>(() => PackageFile.Sign(Packed(_stranger), key, s_clock)).Id);
        PackageFile.Sign(Packed(null), key, s_clock);
        PackageFile.Sign(_folder["x.psft"], key, s_clock);
        Assert.Equal(SignatureStatus.Valid, PackageFile.Open(_folder["x.psft"], null, s_clock).Package.Signature!.Status);
    }
}

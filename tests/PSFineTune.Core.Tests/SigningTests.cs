using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Signing;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Signatures of packages: who is believed, at what time, and why not.</summary>
public sealed class SigningTests : IDisposable
{
    static readonly FixedClock s_clock = new(TestCertificates.Now);

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static readonly Lazy<(X509Certificate2 Root, X509Certificate2 Middle, X509Certificate2 Leaf)> s_chain = new(() =>
    {
        var root = TestCertificates.Make("root", RSA.Create(2048), authority: true);
        var middle = TestCertificates.Make("middle", ECDsa.Create(ECCurve.NamedCurves.nistP384), root, authority: true);
        return (root, middle, TestCertificates.Make("signer", ECDsa.Create(ECCurve.NamedCurves.nistP256), middle));
    });

    static PackageContent Content(string weights = "weights") => PackageTests.Content() with { Weights = PartSource.Of(weights) };

    string Packed(X509Certificate2? by, string name = "x.psft", string weights = "weights")
    {
        using var key = by is null ? null : SigningKey.Of(by);
        PackageFile.Write(_folder[name], Content(weights), key, s_clock);
        return _folder[name];
    }

    string File(string name, params X509Certificate2[] certificates)
    {
        System.IO.File.WriteAllText(_folder[name], TestCertificates.Pem(certificates));
        return _folder[name];
    }

    TrustPolicy Trusting(params X509Certificate2[] certificates) => new() { TrustedCertificates = [File("trusted.pem", certificates)] };

    static PackageSignature Judged(string path, TrustPolicy policy, DateTimeOffset? now = null)
    {
        var parts = PackageParts.Read(path);
        return SignatureCheck.Of(parts.ManifestBytes, parts.Signature, policy, now ?? TestCertificates.Now);
    }

    // With a certificate that is trusted itself, and with one whose issuer is.
    [Theory, InlineData(false), InlineData(true)]
    public void No_single_bit_of_a_signature_can_be_another(bool chained)
    {
        var parts = PackageParts.Read(Packed(chained ? s_chain.Value.Leaf : TestCertificates.Make("signer", ECDsa.Create(ECCurve.NamedCurves.nistP256))));
        var (content, signature) = (parts.ManifestBytes, parts.Signature!);
        var policy = chained ? Trusting(s_chain.Value.Root, s_chain.Value.Middle) : new() { TrustedCertificates = [File("own.pem", CmsCertificate(signature))] };
        Assert.Equal(SignatureStatus.Valid, SignatureCheck.Of(content, signature, policy, TestCertificates.Now).Status);
        var taken = new List<string>();
        // Of the second, which takes longer, as many as touch every byte.
        for (var bit = 0; bit < 8 * signature.Length; bit += chained ? 7 : 1)
        {
            var changed = signature.ToArray();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            if (SignatureCheck.Of(content, changed, policy, TestCertificates.Now).Status == SignatureStatus.Valid) taken.Add($"byte {bit / 8} of {signature.Length}, {signature[bit / 8]:X2} as {changed[bit / 8]:X2}");
        }
        Assert.True(taken.Count == 0, $"{string.Join("; ", taken)} of {Convert.ToHexString(signature)}");
    }

    static X509Certificate2 CmsCertificate(byte[] signature)
    {
        var cms = new System.Security.Cryptography.Pkcs.SignedCms();
        cms.Decode(signature);
        return cms.SignerInfos[0].Certificate!;
    }

    static string Refused(string path, TrustPolicy policy) => Assert.Throws<FineTuneException>(() => PackageFile.Open(path, policy, s_clock)).Id;

    public static TheoryData<string> Keys => ["RSA 2048", "RSA 3072", "ECDSA P-256", "ECDSA P-384", "ECDSA P-521"];

    static AsymmetricAlgorithm NewKey(string kind) => kind switch
    {
        "RSA 2048" => RSA.Create(2048),
        "RSA 3072" => RSA.Create(3072),
        "ECDSA P-256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        "ECDSA P-384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        _ => ECDsa.Create(ECCurve.NamedCurves.nistP521),
    };

    [Theory, MemberData(nameof(Keys))]
    public void A_trusted_signer_is_believed_and_named(string kind)
    {
        using var signer = TestCertificates.Make("signer", NewKey(kind));
        var package = PackageFile.Open(Packed(signer), Trusting(signer), s_clock).Package;
        Assert.Equal(new PackageSignature
        {
            Status = SignatureStatus.Valid, Subject = "CN=signer", Issuer = "CN=signer", Thumbprint = signer.Thumbprint, ThumbprintSha256 = signer.GetCertHashString(HashAlgorithmName.SHA256),
            NotBefore = TestCertificates.Start, NotAfter = TestCertificates.End, SignedAt = TestCertificates.Now, Algorithm = $"{kind}, SHA-256",
        }, package.Signature);
        Assert.Equal(package.Signature, PlanJson.Read<PackageSignature>(PlanJson.Write(package.Signature)));
    }

    [Fact]
    public void A_signature_adds_one_entry_and_changes_no_other()
    {
        var plain = Packed(null, "plain.psft");
        using var key = SigningKey.Of(s_chain.Value.Leaf);
        System.IO.File.Copy(plain, _folder["signed.psft"]);
        PackageFile.Sign(_folder["signed.psft"], key, s_clock);
        PackageFile.Sign(_folder["signed.psft"], key, s_clock);
        var (was, now) = (PackageParts.Read(plain), PackageParts.Read(_folder["signed.psft"]));
        Assert.Equal(was.ManifestBytes, now.ManifestBytes);
        Assert.Equal(was.ManifestHash, now.ManifestHash);
        Assert.Null(was.Signature);
        Assert.Equal(SignatureStatus.Valid, Judged(now.Path, Trusting(s_chain.Value.Leaf)).Status);
        PackageFile.Write(_folder["again.psft"], PackageFile.Open(_folder["signed.psft"]));
        Assert.Equal(System.IO.File.ReadAllBytes(plain), System.IO.File.ReadAllBytes(_folder["again.psft"]));
    }

    [Fact]
    public void Trust_comes_from_the_root_an_issuer_or_the_signer_itself()
    {
        var (root, middle, leaf) = s_chain.Value;
        System.IO.File.WriteAllBytes(_folder["signer.pfx"], new X509Certificate2Collection((X509Certificate2[])[leaf, middle, root]).Export(X509ContentType.Pfx, "p")!);
        using (var key = SigningKey.Open(_folder["signer.pfx"], "p")) PackageFile.Write(_folder["x.psft"], Content(), key, s_clock);
        foreach (var anchor in new[] { root, middle, leaf }) Assert.Equal(new(SignatureStatus.Valid, ""), (Judged(_folder["x.psft"], Trusting(anchor)).Status, Judged(_folder["x.psft"], Trusting(anchor)).Reason));
        using var other = TestCertificates.Make("root", RSA.Create(2048), authority: true);
        using var sibling = TestCertificates.Make("middle", ECDsa.Create(ECCurve.NamedCurves.nistP384), other, authority: true);
        foreach (var stranger in new[] { other, sibling }) Assert.Equal(SignatureStatus.Untrusted, Judged(_folder["x.psft"], Trusting(stranger)).Status);
        Assert.Equal(SignatureStatus.Untrusted, Judged(_folder["x.psft"], new()).Status);
    }

    [Fact]
    public void A_signer_of_the_same_names_by_another_key_is_not_believed()
    {
        var (root, middle, leaf) = s_chain.Value;
        using var root2 = TestCertificates.Make("root", RSA.Create(2048), authority: true);
        using var middle2 = TestCertificates.Make("middle", ECDsa.Create(ECCurve.NamedCurves.nistP384), root2, authority: true);
        using var leaf2 = TestCertificates.Make("signer", ECDsa.Create(ECCurve.NamedCurves.nistP256), middle2);
        foreach (var anchor in new[] { root, middle, leaf })
        {
            Assert.Equal("SignerNotTrusted", Refused(Packed(leaf2), Trusting(anchor)));
            // A leaf may not issue.
            using var below = TestCertificates.Make("below", ECDsa.Create(ECCurve.NamedCurves.nistP256), leaf);
            Assert.Equal(SignatureStatus.Untrusted, Judged(Packed(below), Trusting(anchor)).Status);
        }
    }

    [Fact]
    public void A_changed_or_foreign_content_is_refused_whoever_is_trusted()
    {
        var leaf = s_chain.Value.Leaf;
        var (one, two) = (PackageParts.Read(Packed(leaf, "1.psft")), PackageParts.Read(Packed(leaf, "2.psft", "other")));
        one.Write(_folder["swapped.psft"], two.Signature);
        Assert.Equal("SignatureInvalid", Refused(_folder["swapped.psft"], Trusting(leaf)));
        Assert.Equal("SignatureInvalid", Refused(_folder["swapped.psft"], new() { RequireSignature = false }));
        one.Write(_folder["stripped.psft"], null);
        Assert.Equal("PackageNotSigned", Refused(_folder["stripped.psft"], Trusting(leaf)));
        Assert.Equal(SignatureStatus.NotSigned, PackageFile.Open(_folder["stripped.psft"], Trusting(leaf) with { RequireSignature = false }, s_clock).Package.Signature!.Status);
        // The other content in the signature itself does not count.
        var attached = new SignedCms(new ContentInfo(two.ManifestBytes));
        attached.ComputeSignature(new CmsSigner(leaf) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), SignedAttributes = { new Pkcs9SigningTime(TestCertificates.Now.UtcDateTime) } });
        one.Write(_folder["attached.psft"], attached.Encode());
        Assert.Equal("SignatureInvalid", Refused(_folder["attached.psft"], Trusting(leaf)));
    }

    [Fact]
    public void A_certificate_out_of_its_time_counts_only_where_the_time_of_signing_does()
    {
        var leaf = s_chain.Value.Leaf;
        var (path, policy) = (Packed(leaf), Trusting(leaf));
        var (early, late) = (TestCertificates.Start.AddSeconds(-1), TestCertificates.End.AddSeconds(1));
        Assert.Equal(SignatureStatus.Expired, Judged(path, policy, late).Status);
        Assert.Equal(SignatureStatus.Valid, Judged(path, policy with { SigningTimeCounts = true }, late).Status);
        Assert.Equal(SignatureStatus.Expired, Judged(path, policy with { SigningTimeCounts = true }, early).Status);
        using var key = SigningKey.Of(leaf);
        Assert.Equal("BadCertificate", Assert.Throws<FineTuneException>(() => key.Sign([1], late)).Id);

        using var shortRoot = TestCertificates.Make("short", RSA.Create(2048), authority: true, to: TestCertificates.Now.AddDays(30));
        using var below = TestCertificates.Make("below", RSA.Create(2048), shortRoot, to: TestCertificates.Now.AddDays(30));
        Assert.Equal(SignatureStatus.Valid, Judged(Packed(below), Trusting(shortRoot)).Status);
        Assert.Equal(SignatureStatus.Expired, Judged(Packed(below), Trusting(shortRoot), TestCertificates.Now.AddDays(31)).Status);
    }

    [Fact]
    public void A_revoked_signer_or_issuer_is_refused_by_either_hash_and_from_a_list()
    {
        var (root, middle, leaf) = s_chain.Value;
        System.IO.File.WriteAllText(_folder["signer.pem"], TestCertificates.Pem(leaf, middle) + "\n" + leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using (var key = SigningKey.Open(_folder["signer.pem"], null)) PackageFile.Write(_folder["x.psft"], Content(), key, s_clock);
        var policy = Trusting(root);
        Assert.Equal(SignatureStatus.Valid, Judged(_folder["x.psft"], policy).Status);
        foreach (var thumbprint in new[] { leaf.Thumbprint, middle.Thumbprint.ToLowerInvariant(), root.GetCertHashString(HashAlgorithmName.SHA256), string.Join(':', leaf.Thumbprint.Chunk(2).Select(pair => new string(pair))) })
            Assert.Equal(SignatureStatus.Revoked, Judged(_folder["x.psft"], policy with { RevokedThumbprints = [thumbprint] }).Status);
        System.IO.File.WriteAllText(_folder["revoked.txt"], $"# lost laptop\r\n\r\n {leaf.Thumbprint} \r\n");
        Assert.Equal("SignerNotTrusted", Refused(_folder["x.psft"], policy with { RevokedFile = _folder["revoked.txt"] }));
        // Revoked counts also where nobody is trusted.
        Assert.Equal("SignerNotTrusted", Refused(_folder["x.psft"], new() { RequireSignature = false, RevokedThumbprints = [leaf.Thumbprint] }));
        Assert.Equal("CannotRead", Refused(_folder["x.psft"], policy with { RevokedFile = _folder["gone.txt"] }));
        Assert.Equal("BadThumbprint", Refused(_folder["x.psft"], policy with { RevokedThumbprints = ["abc"] }));
    }

    [Fact]
    public void Keys_that_are_weak_or_for_something_else_do_not_sign()
    {
        X509Certificate2[] bad =
        [
            TestCertificates.Make("weak", RSA.Create(1024)),
            TestCertificates.Make("curve", ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1)),
            TestCertificates.Make("server", RSA.Create(2048), purpose: TestCertificates.ServerAuthentication),
            TestCertificates.Make("authority", RSA.Create(2048), authority: true),
            X509CertificateLoader.LoadCertificate(TestCertificates.Make("keyless", RSA.Create(2048)).RawData),
        ];
        foreach (var one in bad) Assert.Equal("BadCertificate", Assert.Throws<FineTuneException>(() => SigningKey.Of(one)).Id);
        // What openssl req -x509 makes calls itself an authority that may issue nothing: as a signer it is as good as any.
        var request = new CertificateRequest("CN=both", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        using var both = request.CreateSelfSigned(TestCertificates.Start, TestCertificates.End);
        Assert.Equal(SignatureStatus.Valid, Judged(Packed(both), Trusting(both)).Status);
        Assert.Equal(SignatureStatus.Expired, Judged(Packed(both), Trusting(both), TestCertificates.End.AddSeconds(1)).Status);
        using var plain = TestCertificates.Make("plain", RSA.Create(2048), purpose: null);
        Assert.Equal(SignatureStatus.Valid, Judged(Packed(plain), Trusting(plain)).Status);
    }

    [Theory]
    [InlineData("2.16.840.1.101.3.4.2.3", true, "digest")]
    [InlineData("2.16.840.1.101.3.4.2.1", false, "when it was signed")]
    public void Other_forms_of_signatures_are_refused(string digest, bool timed, string why)
    {
        var leaf = s_chain.Value.Leaf;
        var parts = PackageParts.Read(Packed(null));
        var cms = new SignedCms(new ContentInfo(parts.ManifestBytes), detached: true);
        var signer = new CmsSigner(leaf) { DigestAlgorithm = new Oid(digest), IncludeOption = X509IncludeOption.EndCertOnly };
        if (timed) signer.SignedAttributes.Add(new Pkcs9SigningTime(TestCertificates.Now.UtcDateTime));
        cms.ComputeSignature(signer);
        parts.Write(parts.Path, cms.Encode());
        var judged = Judged(parts.Path, Trusting(leaf));
        Assert.Equal(SignatureStatus.Invalid, judged.Status);
        Assert.Contains(why, judged.Reason);
        // Bytes after the signature, and what is in it besides the signature, are refused as well.
        parts.Write(parts.Path, [.. PackageParts.Read(Packed(leaf)).Signature!, 0]);
        Assert.Equal(SignatureStatus.Invalid, Judged(parts.Path, Trusting(leaf)).Status);
        foreach (var junk in new byte[][] { [], [0x30], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], new byte[100_000] })
        {
            parts.Write(parts.Path, junk);
            Assert.Equal(SignatureStatus.Invalid, Judged(parts.Path, Trusting(leaf)).Status);
        }
    }

    [Fact]
    public void A_package_that_expires_is_opened_until_then()
    {
        PackageFile.Write(_folder["x.psft"], Content() with { Package = Content().Package with { Expires = TestCertificates.Now } });
        Assert.Equal(TestCertificates.Now, PackageFile.Open(_folder["x.psft"], null, s_clock).Package.Expires);
        Assert.Equal("PackageExpired", Assert.Throws<FineTuneException>(() => PackageFile.Open(_folder["x.psft"], null, new FixedClock(TestCertificates.Now.AddSeconds(1)))).Id);
        Assert.DoesNotContain("expires", PackageParts.Read(Packed(null)).Text("package.json"));
    }

    [Fact]
    public void A_policy_is_a_file_with_paths_beside_it()
    {
        var leaf = s_chain.Value.Leaf;
        File("signer.pem", leaf);
        System.IO.File.WriteAllText(_folder["trust.json"], """{ "schemaVersion": 1, "trustedCertificates": ["signer.pem"] }""");
        var policy = TrustPolicy.Read(_folder["trust.json"]);
        Assert.Equal([_folder["signer.pem"]], policy.TrustedCertificates);
        Assert.True(policy.RequireSignature);
        Assert.Equal(SignatureStatus.Valid, Judged(Packed(leaf), policy).Status);
        foreach (var bad in new[] { "{", "null", """{ "schemaVersion": 2 }""", """{ "trusted": [] }""", """{ "trustedCertificates": null }""" })
        {
            System.IO.File.WriteAllText(_folder["bad.json"], bad);
            Assert.Equal("BadTrustPolicy", Assert.Throws<FineTuneException>(() => TrustPolicy.Read(_folder["bad.json"])).Id);
        }
        Assert.Equal("CannotRead", Refused(Packed(leaf), new() { TrustedCertificates = [_folder["gone.pem"]] }));
        Assert.Equal("BadCertificate", Refused(Packed(leaf), new() { TrustedCertificates = [_folder["trust.json"]] }));
        Assert.Equal("BadCertificate", Refused(Packed(leaf), new() { TrustedCertificates = [new string('A', 40)] }));
    }

    [Fact]
    public void A_part_that_is_exchanged_after_the_check_is_not_read()
    {
        var content = PackageFile.Open(Packed(null));
        Packed(null, weights: "weighty");
        Assert.Equal("PartDamaged", Assert.Throws<FineTuneException>(() => content.Weights.Bytes()).Id);
        Assert.Equal("PartDamaged", Assert.Throws<FineTuneException>(() => content.Weights.Sha256()).Id);
    }

    [Fact]
    public void Keys_are_read_from_files_with_and_without_a_password()
    {
        using var signer = TestCertificates.Make("signer", RSA.Create(2048));
        using var rsa = signer.GetRSAPrivateKey()!;
        System.IO.File.WriteAllText(_folder["with.pem"], signer.ExportCertificatePem() + "\n" + rsa.ExportEncryptedPkcs8PrivateKeyPem("p", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        File("apart.pem", signer);
        System.IO.File.WriteAllText(_folder["apart.key"], rsa.ExportPkcs8PrivateKeyPem());
        System.IO.File.WriteAllBytes(_folder["with.pfx"], signer.Export(X509ContentType.Pfx, "p"));
        System.IO.File.WriteAllBytes(_folder["plain.cer"], signer.RawData);
        File("plain.pem", signer);
        foreach (var (file, password) in new[] { ("with.pem", "p"), ("apart.pem", null), ("with.pfx", "p") })
        {
            using var key = SigningKey.Open(_folder[file], password);
            Assert.NotEmpty(key.Sign([1], TestCertificates.Now));
        }
        foreach (var (file, password) in new[] { ("with.pem", "q"), ("with.pem", null), ("with.pfx", "q"), ("with.pfx", null), ("plain.cer", null), ("plain.pem", null) })
            Assert.Equal("BadCertificate", Assert.Throws<FineTuneException>(() => SigningKey.Open(_folder[file], password)).Id);
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => SigningKey.Open(_folder["gone.pfx"], null)).Id);
        Assert.Equal("BadCertificate", Assert.Throws<FineTuneException>(() => SigningKey.Open(new string('0', 40), null)).Id);
    }

    // A chain whose middle may be limited to a purpose, and its signature as DER.
    static X509Certificate2 Limited(string name, X509Certificate2 issuer, ECDsa key, string purpose)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        using var plain = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForRSA(issuer.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1), TestCertificates.Start, TestCertificates.End, [1, 2, 3]);
        return plain.CopyWithPrivateKey(key);
    }

    string PackedBy(X509Certificate2 leaf, DateTimeOffset at, params X509Certificate2[] others)
    {
        var parts = PackageParts.Read(Packed(null));
        var cms = new SignedCms(new ContentInfo(parts.ManifestBytes), detached: true);
        var signer = new CmsSigner(leaf) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly, SignedAttributes = { new Pkcs9SigningTime(at.UtcDateTime) } };
        signer.Certificates.AddRange(others);
        cms.ComputeSignature(signer);
        parts.Write(parts.Path, cms.Encode());
        return parts.Path;
    }

    [Fact]
    public void A_revoked_issuer_is_not_got_past_by_leaving_it_out_or_putting_another_in_its_place()
    {
        var (root, middle, leaf) = s_chain.Value;
        var revoking = new TrustPolicy { RequireSignature = false, RevokedThumbprints = [middle.Thumbprint] };
        var now = TestCertificates.Now;
        foreach (var path in new Func<string>[] { () => PackedBy(leaf, now), () => PackedBy(leaf, now, middle) })
            foreach (var policy in new[] { revoking, revoking with { TrustedCertificates = Trusting(leaf).TrustedCertificates }, revoking with { TrustedCertificates = Trusting(root).TrustedCertificates }, revoking with { TrustedCertificates = Trusting(leaf, root).TrustedCertificates } })
                Assert.Equal("SignerNotTrusted", Refused(path(), policy));
        // The same name and key, certified by the attacker's own root.
        using var own = TestCertificates.Make("root", RSA.Create(2048), authority: true);
        using var request = ECDsa.Create(middle.GetECDsaPublicKey()!.ExportParameters(false));
        var again = new CertificateRequest("CN=middle", request, HashAlgorithmName.SHA256);
        again.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var forged = again.Create(own.SubjectName, X509SignatureGenerator.CreateForRSA(own.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1), TestCertificates.Start, TestCertificates.End, [9]);
        foreach (var policy in new[] { revoking, revoking with { TrustedCertificates = Trusting(leaf).TrustedCertificates }, revoking with { TrustedCertificates = Trusting(leaf, root).TrustedCertificates } })
            Assert.Equal("SignerNotTrusted", Refused(PackedBy(leaf, now, forged, own), policy));
        // Another is revoked: the chain is known, and holds.
        var others = Trusting(root) with { RevokedThumbprints = [new string('A', 40)] };
        Assert.Equal(SignatureStatus.Valid, Judged(PackedBy(leaf, now, middle), others).Status);
        using var alone = TestCertificates.Make("alone", RSA.Create(2048));
        Assert.Equal(SignatureStatus.Valid, Judged(Packed(alone), Trusting(alone) with { RevokedThumbprints = [new string('A', 40)] }).Status);
    }

    [Fact]
    public void A_changed_package_is_not_made_good_by_signing_it_anew()
    {
        var leaf = s_chain.Value.Leaf;
        var (one, two) = (PackageParts.Read(Packed(leaf, "1.psft")), PackageParts.Read(Packed(leaf, "2.psft", "other")));
        one.Write(_folder["swapped.psft"], two.Signature);
        var before = System.IO.File.ReadAllBytes(_folder["swapped.psft"]);
        using var key = SigningKey.Of(leaf);
        Assert.Equal("SignatureInvalid", Assert.Throws<FineTuneException>(() => PackageFile.Sign(_folder["swapped.psft"], key, s_clock)).Id);
        Assert.Equal(before, System.IO.File.ReadAllBytes(_folder["swapped.psft"]));
    }

    [Fact]
    public void Issuers_for_other_purposes_vouch_for_no_signer_and_what_lies_above_trust_does_not_count()
    {
        using var root = TestCertificates.Make("root", RSA.Create(2048), authority: true);
        foreach (var (purpose, status) in new[] { (TestCertificates.ServerAuthentication, SignatureStatus.Untrusted), (TestCertificates.CodeSigning, SignatureStatus.Valid) })
        {
            using var middle = Limited("limited", root, ECDsa.Create(ECCurve.NamedCurves.nistP256), purpose);
            using var leaf = TestCertificates.Make("signer", ECDsa.Create(ECCurve.NamedCurves.nistP256), middle);
            foreach (var anchor in new[] { root, middle }) Assert.Equal(status, Judged(PackedBy(leaf, TestCertificates.Now, middle), Trusting(anchor)).Status);
            Assert.Equal(SignatureStatus.Valid, Judged(PackedBy(leaf, TestCertificates.Now, middle), Trusting(leaf)).Status);
        }
        // The root's time is over, and the trusted issuer's is not.
        using var old = TestCertificates.Make("old", RSA.Create(2048), authority: true, to: TestCertificates.Now.AddDays(-1));
        using var issuer = TestCertificates.Make("issuer", ECDsa.Create(ECCurve.NamedCurves.nistP256), old, authority: true);
        using var below = TestCertificates.Make("below", ECDsa.Create(ECCurve.NamedCurves.nistP256), issuer);
        var path = PackedBy(below, TestCertificates.Now, issuer, old);
        Assert.Equal((SignatureStatus.Valid, ""), (Judged(path, Trusting(issuer)).Status, Judged(path, Trusting(issuer)).Reason));
        Assert.Equal(SignatureStatus.Expired, Judged(path, Trusting(old)).Status);
    }

    [Fact]
    public void A_signature_from_before_its_certificate_is_none()
    {
        using var signer = TestCertificates.Make("signer", RSA.Create(2048));
        Assert.Equal(SignatureStatus.Expired, Judged(PackedBy(signer, TestCertificates.Start.AddSeconds(-1)), Trusting(signer)).Status);
        Assert.Equal(SignatureStatus.Valid, Judged(PackedBy(signer, TestCertificates.Start.AddSeconds(1)), Trusting(signer)).Status);
    }

    [Theory]
    [InlineData("""{ "requireSignature": true, "RequireSignature": false }"""), InlineData("""{ "requireSignature": true, "requireSignature": false }""")]
    [InlineData("""{ "trustedCertificates": [null] }"""), InlineData("""{ "revokedThumbprints": [null] }"""), InlineData("""{ "revokedThumbprints": [" "] }""")]
    public void A_policy_of_two_minds_or_with_holes_is_refused(string json)
    {
        System.IO.File.WriteAllText(_folder["bad.json"], json);
        Assert.Equal("BadTrustPolicy", Assert.Throws<FineTuneException>(() => TrustPolicy.Read(_folder["bad.json"])).Id);
        Assert.Equal("BadThumbprint", Refused(Packed(null), new() { RevokedThumbprints = [null!] }));
        Assert.Equal("BadCertificate", Refused(Packed(null), new() { TrustedCertificates = [null!] }));
    }

    [Fact]
    public void A_list_of_the_revoked_is_read_as_any_editor_writes_it()
    {
        using var signer = TestCertificates.Make("signer", RSA.Create(2048));
        var (path, policy) = (Packed(signer), Trusting(signer) with { RevokedFile = _folder["revoked.txt"] });
        foreach (var newLine in new[] { "\n", "\r\n", "\r" })
            foreach (var encoding in new System.Text.Encoding[] { new System.Text.UTF8Encoding(false), System.Text.Encoding.UTF8, System.Text.Encoding.Unicode, System.Text.Encoding.BigEndianUnicode })
            {
                System.IO.File.WriteAllText(_folder["revoked.txt"], $"# the lost{newLine}{newLine}{signer.Thumbprint} # a laptop{newLine}", encoding);
                Assert.Equal(SignatureStatus.Revoked, Judged(path, policy).Status);
                System.IO.File.WriteAllText(_folder["revoked.txt"], $"# the lost{newLine}{newLine}abc # a typo{newLine}", encoding);
                var fault = Assert.Throws<FineTuneException>(() => Judged(path, policy));
                Assert.Contains($"{_folder["revoked.txt"]}, line 3: 'abc'", fault.Message);
            }
    }
}

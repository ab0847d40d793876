using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Signing;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Packages that somebody changed who can do everything but sign, and zips made to harm.</summary>
public sealed class HostilePackageTests : IDisposable
{
    static readonly FixedClock s_clock = new(TestCertificates.Now);

    readonly TempFolder _folder = new();
    readonly X509Certificate2 _signer = TestCertificates.Make("signer", ECDsa.Create(ECCurve.NamedCurves.nistP256)), _namesake = TestCertificates.Make("signer", ECDsa.Create(ECCurve.NamedCurves.nistP256));
    readonly RandomStream _random = RandomStream.For(1, 0, "hostile packages");

    public void Dispose()
    {
        _folder.Dispose();
        _signer.Dispose();
        _namesake.Dispose();
    }

    byte[] Packed(string name, X509Certificate2 by, PackageContent content)
    {
        using var key = SigningKey.Of(by);
        PackageFile.Write(_folder[name], content, key, s_clock);
        return File.ReadAllBytes(_folder[name]);
    }

    static string Fingerprint(PackageContent content) => string.Join('\n', PlanJson.Write(content.Package), content.Weights.Sha256(), content.LabelData?.ToCsv(),
        string.Join(',', content.Others.Select(other => $"{other.Name} {other.Kind} {other.Source.Sha256()}")));

    // Half a minute; PSFINETUNE_FUZZ names another number.
    static int Count => int.TryParse(Environment.GetEnvironmentVariable("PSFINETUNE_FUZZ"), out var count) ? count : 20_000;

    [Fact]
    public void Thousands_of_changed_packages_are_refused_without_a_crash()
    {
        var other = PackageTests.Content() with { Others = [("extra/notes.txt", "notes", PartSource.Of("another one"))] };
        var (whole, second) = (Packed("x.psft", _signer, PackageTests.Content()), Packed("y.psft", _signer, other));
        File.WriteAllText(_folder["trusted.pem"], _signer.ExportCertificatePem());
        var trusted = new TrustPolicy { TrustedCertificates = [_folder["trusted.pem"]] };
        var expected = Fingerprint(PackageFile.Open(_folder["x.psft"], trusted, s_clock));
        var (parts, theirs) = (PackageParts.Read(_folder["x.psft"]), PackageParts.Read(_folder["y.psft"]));
        var all = parts.Sources.ToDictionary(part => part.Key, part => part.Value.Bytes());
        Packed("z.psft", _namesake, PackageTests.Content());
        var forged = PackageParts.Read(_folder["z.psft"]).Signature!;
        Func<byte[]>[] changes =
        [
            () => Flipped(whole), () => Overwritten(whole), () => whole[..Below(whole.Length)], () => Spliced(whole, second), () => [.. whole, .. Bytes(1 + Below(64))], () => [.. Bytes(1 + Below(64)), .. whole],
            () => Zipped(all, parts.ManifestBytes, Mutated(parts.Signature!)),
            () => Zipped(all, Mutated(parts.ManifestBytes), parts.Signature),
            () => Rewritten(parts, all, parts.Signature), () => Rewritten(parts, all, forged), () => Rewritten(parts, all, null), () => Renamed(parts, all),
            () => Zipped(all, parts.ManifestBytes, theirs.Signature), () => Zipped(all, parts.ManifestBytes, forged), () => Zipped(all, parts.ManifestBytes, null), () => Doubled(all, parts),
        ];
        var (count, same, refused, opened) = (Count, 0, 0, 0);
        for (var i = 0; i < count; i++)
        {
            var bytes = changes[i % changes.Length]();
            File.WriteAllBytes(_folder["changed.psft"], bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (Opened(trusted) is not { } content) refused++;
            else if (bytes.AsSpan().SequenceEqual(whole)) same++;
            else Assert.Fail($"change {i} was accepted{(Fingerprint(content) == expected ? ", with the same content" : "")}");
            // By whom nobody asks, it may open, and must not crash.
            if (Opened(null) is not null) opened++;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
        Assert.Equal(count, same + refused);
        Assert.InRange(same, 0, count / 100);
        Assert.InRange(opened, 1, count / 2);
        Assert.Equal(["changed.psft", "trusted.pem", "x.psft", "y.psft", "z.psft"], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    PackageContent? Opened(TrustPolicy? policy)
    {
        try
        {
            return PackageFile.Open(_folder["changed.psft"], policy, s_clock);
        }
        catch (FineTuneException)
        {
            return null;
        }
    }

    int Below(int count) => _random.Below(count);

    byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)Below(256))];

    byte[] Mutated(byte[] bytes) => Below(4) switch { 0 => Flipped(bytes), 1 => Overwritten(bytes), 2 => bytes[..Below(bytes.Length)], _ => Spliced(bytes, bytes) };

    byte[] Flipped(byte[] bytes)
    {
        var changed = bytes.ToArray();
        for (var times = 1 + Below(3); times > 0; times--) changed[Below(changed.Length)] ^= (byte)(1 << Below(8));
        return changed;
    }

    byte[] Overwritten(byte[] bytes)
    {
        var changed = bytes.ToArray();
        // Numbers at the limits are what parsers trip over.
        byte[][] values = [[0], [0xFF], [0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0x7F], Bytes(1), Bytes(4)];
        var value = values[Below(values.Length)];
        value.CopyTo(changed, Below(changed.Length - value.Length));
        return changed;
    }

    byte[] Spliced(byte[] bytes, byte[] other)
    {
        var (at, from, length) = (Below(bytes.Length), Below(other.Length), Below(200));
        var piece = other[from..Math.Min(other.Length, from + length)];
        return Below(2) == 0 ? [.. bytes[..at], .. piece, .. bytes[at..]] : [.. bytes[..at], .. piece, .. bytes[Math.Min(bytes.Length, at + Below(200))..]];
    }

    // The manifest says of the changed part what is so now: only the signature can tell.
    byte[] Rewritten(PackageParts parts, Dictionary<string, byte[]> all, byte[]? signature)
    {
        var name = all.Keys.Order(StringComparer.Ordinal).ElementAt(Below(all.Count));
        var changed = new Dictionary<string, byte[]>(all) { [name] = Mutated(all[name]) };
        return Zipped(changed, Manifest(parts, changed), signature);
    }

    byte[] Renamed(PackageParts parts, Dictionary<string, byte[]> all)
    {
        string[] names = ["other.txt", "../evil", "a/../../b", "CON", "nul.txt", "x.", "..", "C:x", "labels.csv.", "Model.safetensors", "probes.json", "signature.p7s", "manifest.json", new('a', 201)];
        var (name, to) = (all.Keys.Order(StringComparer.Ordinal).ElementAt(Below(all.Count)), names[Below(names.Length)]);
        var changed = all.ToDictionary(part => part.Key == name ? to : part.Key, part => part.Value);
        var manifest = Encoding.UTF8.GetBytes(PlanJson.Write(new PartManifest { Parts = [.. parts.Manifest.Parts.Select(part => part.Name == name ? part with { Name = to } : part)] }));
        return Below(2) == 0 ? Zipped(changed, manifest, parts.Signature) : Zipped(changed, parts.ManifestBytes, parts.Signature);
    }

    byte[] Doubled(Dictionary<string, byte[]> all, PackageParts parts)
    {
        var name = all.Keys.Order(StringComparer.Ordinal).ElementAt(Below(all.Count));
        return Zip([.. Entries(all, parts.ManifestBytes, parts.Signature), (Below(2) == 0 ? name : name.ToUpperInvariant(), Bytes(Below(50)))]);
    }

    static byte[] Manifest(PackageParts parts, Dictionary<string, byte[]> all) =>
        Encoding.UTF8.GetBytes(PlanJson.Write(new PartManifest { Parts = [.. parts.Manifest.Parts.Select(part => PartManifest.Describe(part.Name, part.Kind, PartSource.Of(all[part.Name])))] }));

    static byte[] Zipped(Dictionary<string, byte[]> all, byte[] manifest, byte[]? signature) => Zip(Entries(all, manifest, signature));

    static List<(string, byte[])> Entries(Dictionary<string, byte[]> all, byte[] manifest, byte[]? signature) =>
        [.. all.Select(part => (part.Key, part.Value)), (PartManifest.FileName, manifest), .. signature is null ? [] : new[] { (PackageParts.SignatureName, signature) }];

    static byte[] Zip(IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using var stream = new MemoryStream();
        StoredZipWriter.Write(stream, "made", entries.Select(entry => KeyValuePair.Create(entry.Name, PartSource.Of(entry.Bytes))));
        return stream.ToArray();
    }

    [Theory]
    [InlineData("CON"), InlineData("nul.txt"), InlineData("a/com1.json"), InlineData("lpt9"), InlineData("a."), InlineData("a./b"), InlineData("..."), InlineData("a//b"), InlineData("/a"), InlineData("a/"), InlineData("")]
    public void Names_that_windows_reads_otherwise_are_unsafe(string name) => Assert.False(PartManifest.IsSafe(name));

    [Theory]
    [InlineData(".gitignore"), InlineData("console.txt"), InlineData("a/b-c_d.e"), InlineData("com10")]
    public void Names_that_are_names_everywhere_are_safe(string name) => Assert.True(PartManifest.IsSafe(name));

    [Theory]
    [InlineData("symlink", "a link")]
    [InlineData("folder", "a folder")]
    [InlineData("gap", "belong to no entry")]
    [InlineData("tail", "belong to none")]
    [InlineData("notes", "of notes")]
    [InlineData("time", "")]
    public void What_zips_hide_is_refused(string what, string why)
    {
        Packed("x.psft", _signer, PackageTests.Content());
        var parts = PackageParts.Read(_folder["x.psft"]);
        var plain = Zipped(parts.Sources.ToDictionary(part => part.Key, part => part.Value.Bytes()), parts.ManifestBytes, null);
        var signed = File.ReadAllBytes(_folder["x.psft"]);
        foreach (var whole in new[] { plain, signed })
        {
            var made = Hidden(whole, what);
            File.WriteAllBytes(_folder["changed.psft"], made);
            if (what == "time" && whole == plain) Assert.NotNull(Opened(null));
            else Assert.Contains(what == "time" ? "another program has packed it" : why, Assert.Throws<FineTuneException>(() => PackageFile.Open(_folder["changed.psft"], null, s_clock)).Message);
        }
    }

    static byte[] Hidden(byte[] whole, string what)
    {
        var made = whole.ToArray();
        var directory = BitConverter.ToInt32(made, made.Length - 6);
        switch (what)
        {
            case "symlink": (made[directory + 5], made[directory + 41]) = (3, 0xA1); break;
            case "folder": made[directory + 38] = 0x10; break;
            case "time": made[directory + 12]++; break;
            case "tail":
                made = [.. whole[..directory], 1, 2, 3, .. whole[directory..]];
                BitConverter.GetBytes(directory + 3).CopyTo(made, made.Length - 6);
                break;
            case "gap":
                made = [1, 2, 3, .. whole];
                for (int at = directory + 3, count = whole[^12]; count > 0; count--)
                {
                    BitConverter.GetBytes(BitConverter.ToInt32(made, at + 42) + 3).CopyTo(made, at + 42);
                    at += 46 + BitConverter.ToUInt16(made, at + 28);
                }
                BitConverter.GetBytes(directory + 3).CopyTo(made, made.Length - 6);
                break;
            default:
                var end = directory + 46 + BitConverter.ToUInt16(whole, directory + 28);
                made = [.. whole[..end], .. new byte[2000], .. whole[end..]];
                BitConverter.GetBytes((ushort)2000).CopyTo(made, directory + 32);
                BitConverter.GetBytes(BitConverter.ToInt32(made, made.Length - 10) + 2000).CopyTo(made, made.Length - 10);
                break;
        }
        return made;
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

public sealed class PackageTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static readonly byte[] s_weights = [.. Enumerable.Range(0, 50).Select(i => (byte)(7 * i))];

    internal static PackageContent Content() => new(
        ModelPackage.Of(
            new RunRecord { Id = "r1", Classes = ["chair", "sofa"], Accuracy = .75, WeightsHash = "ab", Finished = DateTimeOffset.UnixEpoch },
            new Preprocessing { InputSize = 96 }),
        PartSource.Of(s_weights))
    {
        LabelData = LabelData.Parse("label,price\nchair,80\nsofa,900\n", "labels.csv", ["chair", "sofa"]),
        Others = [("extra/notes.txt", "notes", PartSource.Of("of a later version"))],
    };

    string Packed(string name = "x.psft")
    {
        PackageFile.Write(_folder[name], Content());
        return _folder[name];
    }

    static string Fingerprint(PackageContent content) => string.Join('\n',
        PlanJson.Write(content.Package), content.Weights.Sha256(), content.LabelData?.ToCsv(),
        string.Join(',', content.Others.Select(other => $"{other.Name} {other.Kind} {other.Source.Sha256()}")));

    [Fact]
    public void What_is_written_comes_back()
    {
        var opened = PackageFile.Open(Packed());
        Assert.Equal(s_weights, opened.Weights.Bytes());
        Assert.Equal(["chair", "sofa"], opened.Package.Classes);
        Assert.Equal(["price"], opened.Package.LabelDataColumns);
        Assert.Equal((96, .75, "ab", _folder["x.psft"]), (opened.Package.Preprocessing!.InputSize, opened.Package.Accuracy, opened.Package.WeightsHash, opened.Package.Path));
        Assert.Equal("900", opened.LabelData!.Of("sofa")["price"]);
        Assert.Equal("of a later version", Encoding.UTF8.GetString(Assert.Single(opened.Others).Source.Bytes()));
    }

    [Fact]
    public void Made_twice_it_is_the_same_bytes_and_opened_and_written_again_too()
    {
        var first = File.ReadAllBytes(Packed("1.psft"));
        Assert.Equal(first, File.ReadAllBytes(Packed("2.psft")));
        PackageFile.Write(_folder["3.psft"], PackageFile.Open(_folder["1.psft"]));
        Assert.Equal(first, File.ReadAllBytes(_folder["3.psft"]));
    }

    [Fact]
    public void Any_zip_program_reads_it_with_sorted_names_and_the_fixed_time()
    {
        using var zip = ZipFile.OpenRead(Packed());
        Assert.Equal(["extra/notes.txt", "labels.csv", "manifest.json", "model.safetensors", "package.json"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal((new DateTime(1980, 1, 1), entry.Length), (entry.LastWriteTime.DateTime, entry.CompressedLength)));
        using var bytes = new MemoryStream();
        using (var stream = zip.GetEntry("model.safetensors")!.Open()) stream.CopyTo(bytes);
        Assert.Equal(s_weights, bytes.ToArray());
    }

    [Fact]
    public void A_changed_byte_is_a_fault_or_changes_nothing()
    {
        var whole = File.ReadAllBytes(Packed());
        var expected = Fingerprint(PackageFile.Open(_folder["x.psft"]));
        var refused = 0;
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= (byte)(1 << at % 8);
            refused += IsRefused(changed, expected) ? 1 : 0;
        }
        // Only times, attributes and versions of the zip headers may change without a fault.
        Assert.InRange(refused, whole.Length - 200, whole.Length);
    }

    [Fact]
    public void Cut_off_anywhere_it_is_a_fault()
    {
        var whole = File.ReadAllBytes(Packed());
        for (var length = 0; length < whole.Length; length++) Assert.True(IsRefused(whole[..length], ""), $"opened with {length} of {whole.Length} bytes");
        Assert.True(IsRefused([.. whole, 0], ""));
    }

    bool IsRefused(byte[] bytes, string expected)
    {
        File.WriteAllBytes(_folder["changed.psft"], bytes);
        try
        {
            Assert.Equal(expected, Fingerprint(PackageFile.Open(_folder["changed.psft"])));
            return false;
        }
        catch (FineTuneException)
        {
            return true;
        }
    }

    [Theory]
    [InlineData("../evil", "UnsafePartName")]
    [InlineData("/etc/passwd", "UnsafePartName")]
    [InlineData("C:/x", "UnsafePartName")]
    [InlineData("a\\b", "UnsafePartName")]
    [InlineData("a/../../b", "UnsafePartName")]
    [InlineData("stray.txt", "DamagedPackage")]
    [InlineData("MODEL.safetensors", "DamagedPackage")]
    public void An_entry_with_a_bad_name_is_refused(string name, string id) =>
        Assert.Equal(id, Foreign(zip => Add(zip, name, "x", CompressionLevel.NoCompression)).Id);

    [Fact]
    public void A_compressed_entry_is_refused() =>
        Assert.Contains("compressed", Foreign(zip => Add(zip, "bomb", new string('0', 1 << 20), CompressionLevel.Optimal)).Message);

    [Fact]
    public void A_name_used_twice_is_refused() =>
        Assert.Contains("two entries", Foreign(zip => Add(zip, "labels.csv", "label\n", CompressionLevel.NoCompression)).Message);

    [Fact]
    public void A_package_of_a_newer_version_is_refused_with_advice()
    {
        var fault = Foreign(zip => { }, manifest => manifest.Replace("\"schemaVersion\": 1", "\"schemaVersion\": 2, \"novelty\": true"));
        Assert.Equal("NewerSchema", fault.Id);
        Assert.Contains("Update the module", fault.RecommendedAction);
    }

    [Fact]
    public void A_missing_part_is_named()
    {
        var fault = Foreign(zip => { }, manifest => manifest.Replace("labels.csv", "tables.csv"));
        Assert.Equal("PartMissing", fault.Id);
        Assert.Contains("tables.csv", fault.Message);
    }

    /// <summary>The fault of a package that another program packed from the same parts, stored, and then changed.</summary>
    FineTuneException Foreign(Action<ZipArchive> change, Func<string, string>? manifest = null)
    {
        var path = _folder["foreign.psft"];
        using (var source = ZipFile.OpenRead(Packed()))
        using (var file = File.Create(path))
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var entry in source.Entries)
            {
                using var reader = new StreamReader(entry.Open(), Encoding.Latin1);
                var text = reader.ReadToEnd();
                Add(zip, entry.FullName, entry.Name == PartManifest.FileName && manifest is not null ? manifest(text) : text, CompressionLevel.NoCompression);
            }
            change(zip);
        }
        return Assert.Throws<FineTuneException>(() => PackageFile.Open(path));
    }

    static void Add(ZipArchive zip, string name, string text, CompressionLevel level)
    {
        using var stream = zip.CreateEntry(name, level).Open();
        stream.Write(Encoding.Latin1.GetBytes(text));
    }

    [Fact]
    public void Stored_by_another_program_it_opens()
    {
        using (var source = ZipFile.OpenRead(Packed())) source.ExtractToDirectory(_folder["parts"]);
        ZipFile.CreateFromDirectory(_folder["parts"], _folder["again.psft"], CompressionLevel.NoCompression, includeBaseDirectory: false);
        Assert.Equal(Fingerprint(PackageFile.Open(_folder["x.psft"])), Fingerprint(PackageFile.Open(_folder["again.psft"])));
    }

    [Fact]
    public void An_unsafe_name_is_not_written_and_the_old_file_stays()
    {
        var before = File.ReadAllBytes(Packed());
        var bad = Content() with { Others = [("../x", "notes", PartSource.Of("x"))] };
        Assert.Equal("UnsafePartName", Assert.Throws<FineTuneException>(() => PackageFile.Write(_folder["x.psft"], bad)).Id);
        Assert.Equal(before, File.ReadAllBytes(_folder["x.psft"]));
    }

    [Fact]
    public void A_folder_is_verified_part_by_part()
    {
        File.WriteAllText(_folder["a.bin"], "aaaa");
        File.WriteAllText(_folder["b.bin"], "bbbb");
        var manifest = PartManifest.Write(_folder.Path, [("a.bin", "weights"), ("b.bin", "optimizer")]);
        Assert.Equal(manifest.Parts, PartManifest.Read(_folder.Path).Parts);
        Assert.Equal(Convert.ToHexString(SHA256.HashData("aaaa"u8)).ToLowerInvariant(), manifest.Parts[0].Sha256);

        File.WriteAllText(_folder["b.bin"], "bbbc");
        AssertFault("PartDamaged", "'b.bin' has content of another SHA-256");
        File.WriteAllText(_folder["b.bin"], "bbb");
        AssertFault("PartDamaged", "'b.bin' has 3 bytes instead of 4");
        File.Delete(_folder["b.bin"]);
        AssertFault("PartMissing", "'b.bin'");
        File.WriteAllText(_folder[PartManifest.FileName], "{ \"schemaVersion\": 9 }");
        AssertFault("NewerSchema", "9");
        File.WriteAllText(_folder[PartManifest.FileName], "{ \"schemaVersion\": 1, \"parts\": null }");
        AssertFault("DamagedPackage", "part");
    }

    void AssertFault(string id, string part)
    {
        var fault = Assert.Throws<FineTuneException>(() => PartManifest.Read(_folder.Path));
        Assert.Equal(id, fault.Id);
        Assert.Contains(part, fault.Message);
    }
}

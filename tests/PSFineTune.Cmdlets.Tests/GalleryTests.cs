using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>The package for a gallery: what is in it, what it says of itself, and that it installs, works and goes without a trace.</summary>
public sealed class GalleryTests(GalleryTests.Packed packed) : IClassFixture<GalleryTests.Packed>
{
    const long GalleryLimit = 250_000_000;

    // What a package is besides its files.
    static readonly string[] s_wrapping = ["_rels/", "package/", "[Content_Types].xml", "PSFineTune.nuspec", ".signature.p7s"];

    [Fact]
    public void It_has_exactly_these_files_and_is_small_enough()
    {
        var golden = Path.Combine(Repository.Root, "tests", "PSFineTune.Cmdlets.Tests", "Goldens", "gallery-files.txt");
        var files = packed.Files.Keys.Order(StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable("PSFINETUNE_WRITE_GOLDENS") is { Length: > 0 }) File.WriteAllLines(golden, files);
        Assert.Equal(File.ReadAllLines(golden), files);
        Assert.DoesNotContain(packed.Files.Keys, file => file.Contains("torch_cpu", StringComparison.Ordinal) || file.Contains("LibTorchSharp", StringComparison.Ordinal));
        Assert.InRange(packed.Bytes, 1_000_000, GalleryLimit);
        TestContext.Current.TestOutputHelper?.WriteLine($"{packed.Bytes:N0} bytes");
    }

    [Fact]
    public void Its_nuspec_is_the_manifests_and_tells_what_is_inside()
    {
        var facts = XDocument.Parse(packed.Text("PSFineTune.nuspec")).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);
        var manifest = packed.Text("PSFineTune.psd1");
        Assert.Equal(("PSFineTune", packed.Version), (facts["id"], facts["version"]));
        Assert.Matches($@"ModuleVersion\s+= '{Regex.Escape(packed.Version)}'", manifest);
        var tags = facts["tags"].Split(' ');
        Assert.All((string[])["PSModule", "PSIncludes_Cmdlet", "PSEdition_Core", "Windows", "Linux", "MacOS"], tag => Assert.Contains(tag, tags));
        Assert.InRange(facts["tags"].Length, 1, 4000);
        Assert.NotEmpty(facts["releaseNotes"]);
        Assert.Equal("LICENSE", facts["license"]);
    }

    [Fact]
    public void Its_bill_of_materials_has_every_file_with_its_hash_and_every_library_with_its_licence()
    {
        using var bill = JsonDocument.Parse(packed.Text("sbom.cdx.json"));
        Assert.Equal(("CycloneDX", "1.6"), (bill.RootElement.GetProperty("bomFormat").GetString(), bill.RootElement.GetProperty("specVersion").GetString()));
        var components = bill.RootElement.GetProperty("components").EnumerateArray().ToList();
        var libraries = components.Where(component => component.GetProperty("type").GetString() == "library").ToList();
        var files = components.Where(component => component.GetProperty("type").GetString() == "file").Concat(libraries.SelectMany(library => library.GetProperty("components").EnumerateArray()))
            .ToDictionary(file => file.GetProperty("name").GetString()!, file => file.GetProperty("hashes")[0].GetProperty("content").GetString());
        Assert.Equal(packed.Files.Keys.Where(file => file != "sbom.cdx.json").Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(packed.Files[file.Key], file.Value));
        Assert.All(libraries, library => Assert.NotEmpty(library.GetProperty("licenses").EnumerateArray()));
        var notices = packed.Text("THIRD-PARTY-NOTICES.txt");
        Assert.All(libraries, library => Assert.Contains($"\n{library.GetProperty("name")} {library.GetProperty("version")}\n", notices, StringComparison.Ordinal));
        Assert.All(packed.Files.Keys.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)), file => Assert.Contains(file, notices, StringComparison.Ordinal));
        Assert.All((string[])["Permission is hereby granted", "Redistribution and use in source and binary forms", "Apache License"], words => Assert.Contains(words, notices, StringComparison.Ordinal));
    }

    [Fact]
    public void Installed_as_Install_PSResource_places_it_it_works_and_taken_away_it_leaves_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("psfinetune-gallery-").FullName;
        try
        {
            var module = packed.Install(Path.Combine(folder, "modules"));
            var before = Tree(folder);
            var start = Repository.NewProcess("dotnet", Path.Combine(AppContext.BaseDirectory, "PSFineTune.Host.dll"), "-Command",
                "Import-Module PSFineTune; \"version $((Get-Module PSFineTune).Version), cmdlets $(@(Get-Command -Module PSFineTune).Count), models $(@(Get-ModelArchitecture).Count), words $(@('a fine room' | ConvertTo-TextToken).Count)\"");
            (start.Environment["PSModulePath"], start.Environment["HOME"], start.Environment["XDG_DATA_HOME"], start.Environment["PSFINETUNE_WORKSPACE"]) = (Path.Combine(folder, "modules"), folder, Path.Combine(folder, "data"), null);
            var (code, said) = TaskProcess.Finish(System.Diagnostics.Process.Start(start)!);
            Assert.True(code == 0, said);
            Assert.Matches($"version {Regex.Escape(packed.Version)}, cmdlets [1-9][0-9]+, models [1-9][0-9]+, words 3", said);
            // The engine keeps a cache of its own in a home that has none.
            Assert.Equal(before, Tree(folder).Where(file => !file.StartsWith(".cache", StringComparison.Ordinal) && !file.StartsWith(".local", StringComparison.Ordinal)));
            Directory.Delete(module, recursive: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_version_with_a_label_is_written_as_the_gallery_reads_it()
    {
        var manifest = Path.GetTempFileName();
        try
        {
            var start = Repository.NewProcess("dotnet", Path.Combine(Repository.Root, "artifacts/bin/PSFineTune.Build/debug/PSFineTune.Build.dll"), "manifest",
                Path.Combine(Repository.Root, "artifacts/bin/PSFineTune.Cmdlets/debug/PSFineTune.dll"), Path.Combine(Repository.Root, "module/PSFineTune.psd1"), "2.0.0-rc1", manifest);
            var (code, said) = TaskProcess.Finish(System.Diagnostics.Process.Start(start)!);
            Assert.True(code == 0, said);
            Assert.Matches(@"ModuleVersion\s+= '2\.0\.0'(?s:.*)Prerelease\s+= 'rc1'", File.ReadAllText(manifest));
        }
        finally
        {
            File.Delete(manifest);
        }
    }

    static List<string> Tree(string folder) => [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(file => $"{Path.GetRelativePath(folder, file)} {(File.Exists(file) ? new FileInfo(file).Length : 0)}").Order(StringComparer.Ordinal)];

    /// <summary>The package, made once.</summary>
    public sealed class Packed : IDisposable
    {
        readonly string _folder = Directory.CreateTempSubdirectory("psfinetune-pack-").FullName;
        readonly string _package = "";
        readonly bool _offline;

        public Packed()
        {
            var start = Repository.NewProcess("dotnet", "pack", Path.Combine(Repository.Root, "src", "PSFineTune.Gallery"), "-c", "Debug", "-m:1", $"-p:GalleryFolder={_folder}/");
            // What the build that runs these tests told its own tasks.
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) && name != "MSBUILDDISABLENODEREUSE").ToList()) start.Environment.Remove(name);
            var (code, said) = TaskProcess.Finish(System.Diagnostics.Process.Start(start)!);
            _offline = code != 0 && said.Contains("NU1301", StringComparison.Ordinal);
            if (_offline) return;
            Assert.True(code == 0, said);
            _package = Assert.Single(Directory.GetFiles(_folder, "*.nupkg"));
            using var zip = ZipFile.OpenRead(_package);
            Files = zip.Entries.Where(entry => !s_wrapping.Any(part => entry.FullName.StartsWith(part, StringComparison.Ordinal)))
                .ToDictionary(entry => Uri.UnescapeDataString(entry.FullName), entry => HashOf(entry));
        }

        /// <summary>SHA-256 by name.</summary>
        public IReadOnlyDictionary<string, string> Files
        {
            get
            {
                Assert.SkipWhen(_offline, "the package source cannot be reached, and the native files of other platforms are not on this machine");
                return field;
            }
        } = new Dictionary<string, string>();

        public long Bytes => new FileInfo(_package).Length;

        public string Version => Regex.Match(Path.GetFileName(_package), @"^PSFineTune\.(.+)\.nupkg$").Groups[1].Value;

        public string Text(string file)
        {
            _ = Files;
            using var zip = ZipFile.OpenRead(_package);
            using var reader = new StreamReader(zip.GetEntry(file)!.Open());
            return reader.ReadToEnd();
        }

        /// <summary>Unpacks the module as an installer does, without the wrapping; its folder.</summary>
        public string Install(string modules)
        {
            _ = Files;
            var module = Path.Combine(modules, "PSFineTune", Version);
            ZipFile.ExtractToDirectory(_package, module);
            foreach (var part in s_wrapping)
                if (Directory.Exists(Path.Combine(module, part))) Directory.Delete(Path.Combine(module, part), recursive: true);
                else File.Delete(Path.Combine(module, part));
            return module;
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        static string HashOf(ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
    }
}

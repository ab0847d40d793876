using System.Xml.Linq;
using PSFineTune.Native;
using PSFineTune.Runtimes;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Libraries against the tables of those they ship with: there are pairs whose bridge was built for another libtorch.</summary>
public sealed class NativeSymbolsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("lib", ".so.9"), InlineData("", "64_9.dll")]
    public void A_library_of_cuDNN_that_is_lacking_is_named(string before, string after)
    {
        foreach (var part in (string[])["", "_graph", "_ops", "_cnn", "_adv", "_heuristic", "_engines_precompiled", "_engines_runtime_compiled"]) File.WriteAllText(_folder[$"{before}cudnn{part}{after}"], "");
        Assert.Equal("cuDNN beside it", MachineChecks.Cudnn(_folder.Path));
        File.Delete(_folder[$"{before}cudnn_ops{after}"]);
        var fault = Assert.Throws<FineTuneException>(() => MachineChecks.Cudnn(_folder.Path));
        Assert.Equal("NoCudnn", fault.Id);
        Assert.EndsWith("not beside it: cudnn_ops.", fault.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("linux-x64", "libLibTorchSharp.so", 1000), InlineData("win-x64", "LibTorchSharp.dll", 1000)]
    public void Every_import_of_the_bridge_is_exported_by_its_libtorch(string platform, string bridge, int least)
    {
        Link(platform);
        var needs = NativeSymbols.Read(_folder[bridge])!.Needs;
        var beside = Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var asked = needs.Where(need => need.File is null || beside.Contains(need.File)).ToList();
        Assert.True(asked.Count > least, $"Only {asked.Count} imports of {platform} were compared.");
        Assert.Empty(NativeSymbols.Missing(_folder[bridge]));
        TestContext.Current.TestOutputHelper?.WriteLine($"{platform}: 0 of {asked.Count} imports unresolved");
    }

    [Theory, InlineData("linux-x64", "libLibTorchSharp.so", "libc10.so"), InlineData("win-x64", "LibTorchSharp.dll", "c10.dll")]
    public void A_pair_that_does_not_match_is_found(string platform, string bridge, string other)
    {
        Link(platform);
        // Another library takes the place of the right one.
        File.Delete(_folder[other]);
        File.Copy(ResolvedBridge(platform, bridge), _folder[other]);
        Assert.NotEmpty(NativeSymbols.Missing(_folder[bridge]));
    }

    [Fact]
    public void The_repair_of_the_list_is_the_one_that_is_made()
    {
        var source = ResolvedBridge("linux-x64", "libLibTorchSharp.so");
        Assert.All(RuntimeList.Own.Runtimes.Where(entry => entry.Runtime == "linux-x64").SelectMany(entry => entry.Repairs), repair =>
        {
            ElfVersionNeed.Relax(source, _folder["repaired.so"]);
            Assert.Equal((FakePackages.Sha(File.ReadAllBytes(source)), FakePackages.Sha(File.ReadAllBytes(_folder["repaired.so"]))), (repair.Before, repair.After));
        });
    }

    [Theory, InlineData("linux-x64", "libLibTorchSharp.so"), InlineData("win-x64", "LibTorchSharp.dll")]
    public void Tables_that_are_damaged_are_read_or_refused(string platform, string bridge)
    {
        var whole = File.ReadAllBytes(ResolvedBridge(platform, bridge));
        var random = new Random(11);
        for (var i = 0; i < 60; i++)
        {
            var bytes = (byte[])whole.Clone();
            for (var changes = 0; changes < 20; changes++) bytes[random.Next(i % 2 == 0 ? 4096 : bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_folder["damaged"], i % 5 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                _ = NativeSymbols.Read(_folder["damaged"]);
            }
            catch (InvalidDataException)
            {
                // Said in words.
            }
        }
    }

    [Fact]
    public void What_the_system_must_have_is_what_the_bridge_asks_for()
    {
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(ResolvedBridge("linux-x64", "libLibTorchSharp.so")));
        Version? Newest(string mark, string but = "0.0") => System.Text.RegularExpressions.Regex.Matches(text, mark + @"_([\d.]+)").Select(match => Version.Parse(match.Groups[1].Value)).Where(version => version != Version.Parse(but)).Max();
        Assert.Equal(MachineChecks.LeastGlibc, Newest("GLIBC"));
        // The newest of all is the one that is repaired.
        Assert.Equal(MachineChecks.LeastGlibcxx, Newest("GLIBCXX", "3.4.32"));
    }

    [Fact]
    public void A_file_of_no_known_format_has_no_tables()
    {
        File.WriteAllText(_folder["libLibTorchSharp.so"], "text");
        Assert.Null(NativeSymbols.Read(_folder["libLibTorchSharp.so"]));
        Assert.Empty(NativeSymbols.Missing(_folder["libLibTorchSharp.so"]));
    }

    [Fact]
    public void The_list_names_the_packages_that_this_build_uses()
    {
        var properties = XDocument.Load(Path.Combine(ConventionTests.Root, "Directory.Packages.props")).Descendants().Where(element => element.Name.LocalName.EndsWith("Version", StringComparison.Ordinal) && !element.HasAttributes).ToDictionary(element => element.Name.LocalName, element => element.Value);
        foreach (var entry in RuntimeList.Own.Runtimes)
        {
            Assert.Equal(properties["TorchSharpVersion"], entry.Version);
            Assert.All(entry.Packages, package => Assert.Equal(package.Id == "TorchSharp" ? properties["TorchSharpVersion"] : properties["LibTorchVersion"], package.Version));
            if (entry.Accelerator == "cpu") Assert.All(entry.Packages, package => Assert.True(package.Sha256?.Length == 64 && package.Bytes > 0, package.Id));
        }
        Assert.Equal(typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3), properties["TorchSharpVersion"]);
    }

    // As an installed runtime has them: in one folder.
    void Link(string platform)
    {
        foreach (var file in new[] { Native("torchsharp", platform), Native($"libtorch-cpu-{platform}", platform) }.SelectMany(Directory.EnumerateFiles)) File.CreateSymbolicLink(_folder[Path.GetFileName(file)], file);
    }

    static string ResolvedBridge(string platform, string bridge) => Path.Combine(Native("torchsharp", platform), bridge);

    static string Native(string package, string platform)
    {
        var version = RuntimeList.Own.Of(platform, "cpu").Packages.Single(one => one.Id.Equals(package, StringComparison.OrdinalIgnoreCase)).Version;
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named ? named : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = Path.Combine(cache, package, version, "runtimes", platform, "native");
        Assert.SkipUnless(Directory.Exists(folder), $"{package} {version} was not restored on this machine (build.ps1 -Task Pack -Runtime {platform} does)");
        return folder;
    }
}

using System.Net;
using PSFineTune.Downloads;
using PSFineTune.Runtimes;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Packages that are no libraries, from a folder or a feed of this machine: what is unpacked, and what is refused.</summary>
public sealed class RuntimeInstallTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakePackages _packages = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_library_in_pieces_is_joined_from_a_feed_and_nothing_else_is_left()
    {
        using var feed = new PackageFeed(_packages);
        var request = FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index);
        var runtime = new RuntimeInstaller(request).Install(default);
        Assert.Equal(_packages.Content, File.ReadAllBytes(Path.Combine(runtime.Path, FakePackages.Big)));
        Assert.Equal(["libLibTorchSharp.so", FakePackages.Big], runtime.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["libLibTorchSharp.so", FakePackages.Big, "runtime.json"], Directory.EnumerateFileSystemEntries(runtime.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(runtime.Packages, package => Assert.Equal((RuntimePin.Module, feed.Index), (package.Pin, package.Source)));
        Assert.Equal([$".{request.Entry.Folder}.lock", request.Entry.Folder], Directory.EnumerateFileSystemEntries(_folder["root"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateDirectories(_folder["root"], "*.tmp"));

        var asked = feed.Requests;
        var again = new RuntimeInstaller(request).Install(default);
        Assert.True(again.WasThere);
        Assert.Equal(asked, feed.Requests);
        Assert.Equal(PlanJson.Write(runtime), PlanJson.Write(again with { WasThere = false }));
    }

    [Fact]
    public void Packages_that_nobody_vouches_for_are_refused_before_anything_is_asked()
    {
        using var feed = new PackageFeed(_packages);
        var request = FakePackages.Request(_packages.Entry, _folder["root"], feed.Index);
        var fault = Assert.Throws<FineTuneException>(() => new RuntimeInstaller(request).Install(default));
        Assert.Equal("UnpinnedPackage", fault.Id);
        Assert.Contains("-AllowUnpinned", fault.RecommendedAction);
        Assert.Equal(0, feed.Requests);
        Assert.False(Directory.Exists(_folder["root"]));

        var taken = new RuntimeInstaller(request with { AllowUnpinned = true }).Install(default);
        Assert.All(taken.Packages, package => Assert.Equal((RuntimePin.None, FakePackages.Sha(_packages.Zip(package.Id))), (package.Pin, package.Sha256)));
    }

    [Fact]
    public void Hashes_that_are_given_come_before_those_of_the_module()
    {
        var source = _packages.WriteTo(_folder["source"]);
        var given = _packages.Entry.Packages.ToDictionary(package => package.Id.ToUpperInvariant(), package => FakePackages.Sha(_packages.Zip(package.Id)).ToUpperInvariant());
        var other = _packages.Entry with { Packages = [.. _packages.Entry.Packages.Select(package => package with { Sha256 = new('0', 64), Bytes = 1 })] };
        var runtime = new RuntimeInstaller(FakePackages.Request(other, _folder["root"], source) with { Hashes = given }).Install(default);
        Assert.All(runtime.Packages, package => Assert.Equal(RuntimePin.Given, package.Pin));
        Assert.Equal("BadHash", Assert.Throws<FineTuneException>(() => (FakePackages.Request(other, _folder["root"]) with { Hashes = new Dictionary<string, string> { ["TorchSharp"] = "abc" } }).Packages()).Id);
        Assert.Equal("UnknownName", Assert.Throws<FineTuneException>(() => (FakePackages.Request(other, _folder["root"]) with { Hashes = new Dictionary<string, string> { ["TorchSharpy"] = new('0', 64) } }).Packages()).Id);
    }

    [Fact]
    public void A_package_with_another_hash_is_never_unpacked()
    {
        var pinned = _packages.Pinned;
        _packages["libtorch-cuda-part1-fragment1"][$"fragments/{FakePackages.Platform}/native/{FakePackages.Big}.fragment1"][0] ^= 1;
        using var feed = new PackageFeed(_packages);
        Assert.Equal("WrongHash", Refused(FakePackages.Request(pinned, _folder["root"], feed.Index)).Id);
        Assert.Equal("WrongPackage", Refused(FakePackages.Request(pinned, _folder["root"], _packages.WriteTo(_folder["source"]))).Id);
        Assert.Empty(Directory.EnumerateDirectories(_folder["root"], "9.9.9*"));
        Assert.Empty(Directory.EnumerateDirectories(_folder["root"], "*.tmp"));
    }

    [Fact]
    public void A_connection_that_breaks_off_is_gone_on_with()
    {
        var packages = new FakePackages(600_000);
        using var feed = new PackageFeed(packages) { Drops = 2 };
        var runtime = new RuntimeInstaller(FakePackages.Request(packages.Pinned, _folder["root"], feed.Index)).Install(default);
        Assert.Equal(packages.Content, File.ReadAllBytes(Path.Combine(runtime.Path, FakePackages.Big)));
        Assert.True(feed.Ranges > 0, "Nothing was gone on with.");
    }

    [Fact]
    public void What_one_source_does_not_have_the_next_may_have()
    {
        using var feed = new PackageFeed(_packages);
        feed.Missing.Add("libtorch-cuda-part1-fragment2");
        var fault = Refused(FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index));
        Assert.Equal("PackageNotFound", fault.Id);
        Assert.Contains("libtorch-cuda-part1-fragment2 1.0.0", fault.Message);
        Assert.Contains(feed.Index, fault.Message);

        var runtime = new RuntimeInstaller(FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index, _packages.WriteTo(_folder["source"]))).Install(default);
        Assert.Equal(_folder["source"], runtime.Packages[3].Source);
        Assert.Equal(feed.Index, runtime.Packages[2].Source);
    }

    [Theory]
    [InlineData("file://{0}/", "NotAFeed"), InlineData("//share.example/flat/", "NotAFeed"), InlineData("\\\\share.example\\flat", "NotAFeed"), InlineData("ftp://127.0.0.1/flat/", "NotAFeed"), InlineData("flat/", "NotAFeed"), InlineData("", "NotAFeed")]
    [InlineData("http://192.0.2.1/flat/", "InsecureDownload")]
    public void A_feed_that_sends_to_files_or_into_the_clear_is_none_and_the_next_is_asked(string address, string id)
    {
        // Where the packages are, as such a feed would have found out or guessed.
        foreach (var package in _packages.Entry.Packages)
        {
            var folder = Directory.CreateDirectory(_folder[$"flat/{package.Id.ToLowerInvariant()}/1.0.0"]).FullName;
            File.WriteAllBytes(Path.Combine(folder, $"{package.Id}.1.0.0.nupkg".ToLowerInvariant()), _packages.Zip(package.Id));
        }
        AssertRefused($$"""{ "resources": [{ "@id": {{System.Text.Json.JsonSerializer.Serialize(string.Format(null, address, _folder["flat"]))}}, "@type": "PackageBaseAddress/3.0.0" }] }""", id);
    }

    [Theory]
    [InlineData("""{ "resources": [], "resources": [] }"""), InlineData("""{ "resources": [{ "@id": "https://a.example/", "@id": "https://b.example/", "@type": "PackageBaseAddress/3.0.0" }] }""")]
    [InlineData("[]"), InlineData("null"), InlineData("{"), InlineData(""), InlineData("""{ "resources": {} }"""), InlineData("""{ "resources": [1, null, { "@type": [] }] }""")]
    public void A_feed_whose_index_cannot_be_understood_is_a_fault_and_the_next_is_asked(string index) => AssertRefused(index, "NotAFeed");

    void AssertRefused(string index, string id)
    {
        using var feed = new PackageFeed(_packages) { Says = index };
        Assert.Equal(id, Refused(FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index)).Id);
        var runtime = new RuntimeInstaller(FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index, _packages.WriteTo(_folder["source"]))).Install(default);
        Assert.All(runtime.Packages, package => Assert.Equal(_folder["source"], package.Source));
    }

    [Fact]
    public void A_feed_that_asks_who_is_there_is_told_and_no_other()
    {
        using var feed = new PackageFeed(_packages) { Password = "night:s3cret" };
        Assert.Equal("DownloadDenied", Refused(FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index)).Id);
        using var source = NuGetSource.Of(new NuGetSourceSetting("ours", feed.Index) { Credential = new("night", "s3cret") }, new DownloadOptions());
        var runtime = new RuntimeInstaller(FakePackages.Request(_packages.Pinned, _folder["root"]) with { Sources = [source] }).Install(default);
        Assert.DoesNotContain("s3cret", PlanJson.Write(runtime));
        var known = NuGetSource.For(new("https://feed.example/v3/index.json"), new NetworkCredential("a", "b"));
        Assert.NotNull(known.GetCredential(new("https://feed.example/flat/x"), "Basic"));
        Assert.Null(known.GetCredential(new("https://other.example/flat/x"), "Basic"));
    }

    [Fact]
    public void A_bundle_made_on_one_machine_is_the_source_of_another()
    {
        using var feed = new PackageFeed(_packages);
        var bundle = new RuntimeInstaller(FakePackages.Request(_packages.Entry, _folder["bundle"], feed.Index) with { AllowUnpinned = true }).Download(default);
        Assert.Equal(4, File.ReadAllLines(_folder["bundle/SHA256SUMS"]).Length);
        Assert.Contains($"{FakePackages.Sha(_packages.Zip("TorchSharp"))}  torchsharp.1.0.0.nupkg", File.ReadAllLines(_folder["bundle/SHA256SUMS"]));
        Assert.Empty(bundle.Files);
        feed.Dispose();

        // What was pinned there is pinned here too: by its hash, whoever carried it.
        var carried = FakePackages.Request(_packages.Entry, _folder["root"], bundle.Path) with { AllowUnpinned = true };
        var name = _folder["bundle/libtorch-cuda-part1-fragment2.1.0.0.nupkg"];
        var whole = File.ReadAllBytes(name);
        File.WriteAllBytes(name, whole[..^1]);
        Assert.Equal("WrongPackage", Refused(carried).Id);
        File.WriteAllBytes(name, whole);
        Assert.Equal(_packages.Content, File.ReadAllBytes(Path.Combine(new RuntimeInstaller(carried).Install(default).Path, FakePackages.Big)));
    }

    [Theory]
    [InlineData("../../evil.so"), InlineData("/etc/evil.so"), InlineData("runtimes/linux-x64/native/../../../evil.so"), InlineData("runtimes\\linux-x64\\native\\evil.so")]
    [InlineData("C:/evil.so"), InlineData("runtimes/linux-x64/native/deep/evil.so"), InlineData("fragments/linux-x64/native/evil.so"), InlineData("fragments/linux-x64/native/evil.so.fragment1")]
    public void An_entry_that_would_lie_elsewhere_is_refused(string name)
    {
        _packages["TorchSharp"][name] = [1];
        var fault = Refused(FakePackages.Request(_packages.Pinned, _folder["root"], _packages.WriteTo(_folder["source"])));
        Assert.Equal("DamagedNuGetPackage", fault.Id);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "evil*", SearchOption.AllDirectories));
    }

    [Theory, InlineData("piece"), InlineData("hash"), InlineData("sum"), InlineData("bridge"), InlineData("zip")]
    public void A_library_that_is_not_whole_is_refused(string what)
    {
        if (what == "piece") _packages["libtorch-cuda-part1-fragment1"].Clear();
        if (what == "hash") _packages["libtorch-cuda-part1-primary"].Remove($"{FakePackages.Native}{FakePackages.Big}.sha");
        if (what == "sum") _packages["libtorch-cuda-part1-primary"][$"{FakePackages.Native}{FakePackages.Big}.sha"] = new byte[64];
        if (what == "bridge") _packages["TorchSharp"].Clear();
        var source = _packages.WriteTo(_folder["source"]);
        if (what == "zip") File.WriteAllText(_folder["source/torchsharp.1.0.0.nupkg"], "no package at all");
        Assert.Equal("DamagedNuGetPackage", Refused(FakePackages.Request(_packages.Entry, _folder["root"], source) with { AllowUnpinned = true }).Id);
        Assert.Empty(Directory.EnumerateDirectories(_folder["root"], "9.9.9*"));
    }

    [Fact]
    public void What_is_damaged_is_said_and_repaired_by_force()
    {
        var request = FakePackages.Request(_packages.Pinned, _folder["root"], _packages.WriteTo(_folder["source"]));
        var runtime = new RuntimeInstaller(request).Install(default);
        var library = Path.Combine(runtime.Path, FakePackages.Big);
        var bytes = File.ReadAllBytes(library);
        bytes[5] ^= 1;
        File.WriteAllBytes(library, bytes);
        Assert.Equal([FakePackages.Big], RuntimeInstaller.Changed(runtime, default));
        File.Delete(library);
        Assert.Equal("RuntimeDamaged", Refused(request).Id);
        Assert.Equal(_packages.Content, File.ReadAllBytes(Path.Combine(new RuntimeInstaller(request with { Force = true }).Install(default).Path, FakePackages.Big)));
        Assert.Empty(RuntimeInstaller.Changed(runtime, default));
    }

    [Fact]
    public void A_configured_folder_that_is_not_there_is_left_out_and_said()
    {
        var said = new List<string>();
        NuGetSourceSetting[] configured = [new("gone", _folder["gone"]), new("empty", _folder["empty"]), new("secret", "https://feed.example/v3/index.json") { Refusal = "its password is encrypted" }];
        Directory.CreateDirectory(_folder["empty"]);
        var sources = NuGetSource.Usable(configured, new DownloadOptions(), said.Add);
        Assert.Equal([_folder["empty"]], sources.Select(source => source.Name));
        Assert.Equal(2, said.Count);
        Assert.Contains(_folder["gone"], said[0]);
        Assert.Equal("PackageNotFound", Refused(FakePackages.Request(_packages.Pinned, _folder["root"]) with { Sources = sources }).Id);
        // One that was asked for by name is a fault.
        Assert.Equal("NoSourceFolder", Refused(FakePackages.Request(_packages.Pinned, _folder["root"], _folder["gone"])).Id);
    }

    [Fact]
    public void Packages_come_from_the_sources_of_a_users_settings()
    {
        _packages.WriteTo(_folder["cache"]);
        File.WriteAllText(_folder["nuget.config"], """<configuration><packageSources><clear /><add key="gone" value="gone" /><add key="cache" value="cache" /></packageSources></configuration>""");
        var sources = NuGetSource.Usable(NuGetSettings.Sources([_folder["nuget.config"]]), new DownloadOptions(), _ => { });
        var runtime = new RuntimeInstaller(FakePackages.Request(_packages.Pinned, _folder["root"]) with { Sources = sources }).Install(default);
        Assert.All(runtime.Packages, package => Assert.Equal(_folder["cache"], package.Source));
    }

    [Fact]
    public void The_configured_sources_of_this_machine_have_the_smallest_package_that_the_module_names()
    {
        IReadOnlyList<NuGetSource> sources;
        try
        {
            sources = NuGetSource.Of(null, new DownloadOptions { Retries = 1 }, line => TestContext.Current.TestOutputHelper?.WriteLine(line));
        }
        catch (FineTuneException fault) when (fault.Id is "NoPackageSource" or "BadNuGetConfig")
        {
            Assert.Skip(fault.Message);
            return;
        }
        var entry = RuntimeList.Own.Of("linux-x64", "cpu");
        var small = entry with { Packages = [.. entry.Packages.Where(package => package.Id == "TorchSharp")] };
        try
        {
            var bundle = new RuntimeInstaller(new() { Entry = small, Root = _folder["bundle"], Sources = sources }).Download(TestContext.Current.CancellationToken);
            Assert.Equal((small.Packages[0].Sha256, small.Packages[0].Bytes, RuntimePin.Module), (bundle.Packages[0].Sha256, bundle.Packages[0].Bytes, bundle.Packages[0].Pin));
        }
        catch (FineTuneException fault) when (fault.Kind is FaultKind.Unavailable or FaultKind.NotFound || fault.Id is "DownloadDenied" or "CannotRead")
        {
            Assert.Skip($"no configured source can be reached, or none has it: {fault.Message}");
        }
        finally
        {
            foreach (var source in sources) source.Dispose();
        }
    }

    [Fact]
    public void What_was_set_aside_when_a_process_was_killed_is_put_back_before_anything_is_fetched()
    {
        var request = FakePackages.Request(_packages.Pinned, _folder["root"], _packages.WriteTo(_folder["source"]));
        var runtime = new RuntimeInstaller(request).Install(default);
        // As one that was killed between the two renames leaves it, with one that a process before it left half.
        var half = _folder[$"root/.{request.Entry.Folder}.0.former"];
        Directory.CreateDirectory(half);
        Directory.Move(runtime.Path, _folder[$"root/.{request.Entry.Folder}.1.former"]);
        Directory.Delete(_folder["source"], recursive: true);

        Assert.NotEqual("", Refused(request with { Force = true }).Id);
        Assert.Equal(_packages.Content, File.ReadAllBytes(Path.Combine(runtime.Path, FakePackages.Big)));
        Assert.True(new RuntimeInstaller(request).Install(default).WasThere);
        _packages.WriteTo(_folder["source"]);
        Assert.False(new RuntimeInstaller(request with { Force = true }).Install(default).WasThere);
        Assert.Empty(Directory.EnumerateDirectories(_folder["root"], $".{request.Entry.Folder}.*"));
    }

    [Fact]
    public void Licences_lie_beside_the_libraries_and_no_other_file_of_the_package()
    {
        _packages["TorchSharp"]["LICENSE.txt"] = "terms"u8.ToArray();
        _packages["libtorch-cuda-part1-primary"]["NOTICE"] = "notice"u8.ToArray();
        _packages["libtorch-cuda-part1-primary"]["deep/LICENSE.txt"] = "of something else"u8.ToArray();
        _packages["libtorch-cuda-part1-primary"]["license:stream"] = [1];
        var request = FakePackages.Request(_packages.Pinned, _folder["root"], _packages.WriteTo(_folder["source"]));
        Assert.Equal("DamagedNuGetPackage", Refused(request).Id);
        _packages["libtorch-cuda-part1-primary"].Remove("license:stream");
        request = FakePackages.Request(_packages.Pinned, _folder["root"], _packages.WriteTo(_folder["source"]));
        var runtime = new RuntimeInstaller(request).Install(default);
        Assert.Equal("terms", File.ReadAllText(Path.Combine(runtime.Path, "TorchSharp.LICENSE.txt")));
        Assert.Equal("notice", File.ReadAllText(Path.Combine(runtime.Path, "libtorch-cuda-part1-primary.NOTICE")));
        Assert.Equal(5, Directory.EnumerateFileSystemEntries(runtime.Path).Count());
        Assert.Equal(2, runtime.Files.Count);
    }

    [Fact]
    public void What_is_for_all_accounts_is_readable_for_all_and_what_is_not_is_left_to_the_mask()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are inherited there");
        var request = FakePackages.Request(_packages.Pinned, _folder["all/of/them"], _packages.WriteTo(_folder["source"])) with { IsShared = true };
        var runtime = new RuntimeInstaller(request).Install(default);
        // As a mask of 077 would have left them.
        Close();
        Assert.True(new RuntimeInstaller(request).Install(default).WasThere);
        AssertOpen();
        Close();
        new RuntimeInstaller(request with { Force = true }).Install(default);
        AssertOpen();

        void Close()
        {
            if (OperatingSystem.IsWindows()) return;
            foreach (var file in Directory.EnumerateFiles(runtime.Path)) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(runtime.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        void AssertOpen()
        {
            if (OperatingSystem.IsWindows()) return;
            foreach (var file in Directory.EnumerateFiles(runtime.Path)) Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.OtherRead), file);
            foreach (var folder in new[] { runtime.Path, _folder["all/of/them"], _folder["all/of"] })
                Assert.True(File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherRead | UnixFileMode.OtherExecute), folder);
        }
    }

    [Fact]
    public void What_is_not_pinned_is_never_the_default_and_the_command_for_it_works()
    {
        var cuda = _packages.Entry with { Version = "1" };
        var list = new RuntimeList { Runtimes = [cuda, cuda with { Accelerator = "cpu", Packages = [] }] };
        var (entry, reason, warning) = list.Default("linux-x64", isHere: true, _ => true);
        Assert.Equal("cpu", entry.Accelerator);
        Assert.Contains("cuda", reason, StringComparison.Ordinal);
        Assert.Contains("run: Install-FineTuneRuntime -Accelerator cuda -AllowUnpinned, which", warning, StringComparison.Ordinal);
        Assert.Equal(("cpu", null), list.Default("linux-x64", isHere: true, _ => false) is var none ? (none.Entry.Accelerator, none.Warning) : default);
        Assert.Equal(("cpu", null), list.Default("linux-x64", isHere: false, _ => true) is var far ? (far.Entry.Accelerator, far.Warning) : default);
        // Hashes in the list, and nothing else, make it the default.
        list = list with { Runtimes = [_packages.Pinned, list.Runtimes[1]] };
        Assert.Equal(("cuda", null), list.Default("linux-x64", isHere: true, _ => true) is var pinned ? (pinned.Entry.Accelerator, pinned.Warning) : default);
        Assert.Equal("Install-FineTuneRuntime -Accelerator cuda", pinned.Entry.Command());
        Assert.Equal("NoSuchRuntime", Assert.Throws<FineTuneException>(() => list.Default("osx-arm64", isHere: true, _ => true)).Id);
        // Every default of the module's own list can be installed as it is.
        Assert.All(RuntimeList.Own.Platforms, platform => Assert.True(RuntimeList.Own.Default(platform, isHere: true, _ => true).Entry.IsPinned));
        Assert.All(RuntimeList.Own.Runtimes.Where(each => each.Accelerator != "cpu"), each => Assert.NotNull(each.Driver));
    }

    [Fact]
    public void A_damaged_library_is_installed_again_where_it_is()
    {
        string Repair(string root) => RuntimeList.Own.RepairOf(Path.Combine(root, RuntimeList.Own.Of(RuntimeFolders.ThisMachine, "cpu").Folder));
        Assert.Equal("Install-FineTuneRuntime -Accelerator cpu -Force", Repair(RuntimeFolders.Root(null, ofAllUsers: false)));
        Assert.Equal("Install-FineTuneRuntime -Accelerator cpu -Scope AllUsers -Force", Repair(RuntimeFolders.OfAllUsers));
        Assert.Equal($"Install-FineTuneRuntime -Accelerator cpu -Destination '{_folder["it''s"]}' -Force", Repair(_folder["it's"]));
        Assert.Equal("Install-FineTuneRuntime -Force", RuntimeList.Own.RepairOf(_folder["anything"]));
        var other = RuntimeList.Own.Platforms.First(platform => platform != RuntimeFolders.ThisMachine);
        Assert.Contains($"-Runtime {other} ", RuntimeList.Own.RepairOf(_folder[RuntimeList.Own.Of(other, "cpu").Folder]), StringComparison.Ordinal);
    }

    static FineTuneException Refused(RuntimeRequest request) => Assert.Throws<FineTuneException>(() => new RuntimeInstaller(request).Install(default));
}

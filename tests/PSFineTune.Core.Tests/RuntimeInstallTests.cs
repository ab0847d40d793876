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
        Assert.Empty(Directory.EnumerateFiles(_folder["root/.downloads"], "*.nupkg"));
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

    [Fact]
    public void A_feed_that_asks_who_is_there_is_told_and_no_other()
    {
        using var feed = new PackageFeed(_packages) { Password = "night:s3cret" };
        Assert.Equal("DownloadDenied", Refused(FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index)).Id);
        using var source = PackageSource.Of(new NuGetSource("ours", feed.Index) { Credential = new("night", "s3cret") }, new DownloadOptions());
        var runtime = new RuntimeInstaller(FakePackages.Request(_packages.Pinned, _folder["root"]) with { Sources = [source] }).Install(default);
        Assert.DoesNotContain("s3cret", PlanJson.Write(runtime));
        var known = PackageSource.For(new("https://feed.example/v3/index.json"), new NetworkCredential("a", "b"));
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

    static FineTuneException Refused(RuntimeRequest request) => Assert.Throws<FineTuneException>(() => new RuntimeInstaller(request).Install(default));
}

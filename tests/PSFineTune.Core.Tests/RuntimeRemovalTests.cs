using PSFineTune.Runtimes;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Installed runtimes are removed whole, and nothing else is.</summary>
public sealed class RuntimeRemovalTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakePackages _packages = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_that_is_damaged_goes_with_what_was_left_beside_it()
    {
        var runtime = Installed();
        File.Delete(Path.Combine(runtime.Path, FakePackages.Big));
        foreach (var ending in new[] { "tmp", "former" }) Directory.CreateDirectory(_folder[$"root/.9.9.9-linux-x64-cuda.0.{ending}"]);
        Directory.CreateDirectory(_folder["root/.9.9.9-osx-arm64-cpu.0.tmp"]);
        var found = Assert.Single(RuntimeRemoval.Find(_folder["root"], FakePackages.Platform, "cuda", "9.9.9"));
        Assert.Equal(runtime.Path, RuntimeRemoval.Remove(found, default).Path);
        Assert.Equal([".9.9.9-osx-arm64-cpu.0.tmp"], Directory.EnumerateDirectories(_folder["root"]).Select(Path.GetFileName));
        Assert.Equal("NotARuntime", Assert.Throws<FineTuneException>(() => RuntimeRemoval.Remove(found, default)).Id);
        Assert.Equal("NoSuchInstalledRuntime", Assert.Throws<FineTuneException>(() => RuntimeRemoval.Find(_folder["root"], FakePackages.Platform, null, "9.9.9")).Id);
    }

    [Fact]
    public void What_a_feed_had_brought_goes_too_and_only_a_lock_without_content_stays()
    {
        using var feed = new PackageFeed(_packages);
        var runtime = new RuntimeInstaller(FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index)).Install(default);
        // One that broke off later has left a part.
        feed.Missing.Add("libtorch-cuda-part1-fragment2");
        Assert.Throws<FineTuneException>(() => new RuntimeInstaller(FakePackages.Request(_packages.Pinned, _folder["root"], feed.Index) with { Force = true }).Install(default));
        RuntimeRemoval.Remove(runtime, default);
        Assert.Equal([".9.9.9-linux-x64-cuda.lock"], Directory.EnumerateFileSystemEntries(_folder["root"], "*", SearchOption.AllDirectories).Select(Path.GetFileName));
        Assert.Equal(0, new FileInfo(_folder["root/.9.9.9-linux-x64-cuda.lock"]).Length);
    }

    [Fact]
    public void Those_of_other_platforms_in_one_folder_stay()
    {
        var installed = Installed();
        var other = _folder["root/9.9.9-win-x64-cuda"];
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, RuntimeFolders.RecordName), """{ "runtime": "win-x64", "accelerator": "cuda", "version": "9.9.9" }""");
        Assert.Equal([installed.Path], RuntimeRemoval.Find(_folder["root"], FakePackages.Platform, null, "9.9.9").Select(found => found.Path));
        Assert.Equal([other], RuntimeRemoval.Find(_folder["root"], "win-x64", "cuda", "9.9.9").Select(found => found.Path));
    }

    [Theory, InlineData("none"), InlineData("renamed"), InlineData("other"), InlineData("broken")]
    public void What_was_not_installed_is_refused(string what)
    {
        var path = Installed().Path;
        var record = Path.Combine(path, RuntimeFolders.RecordName);
        if (what == "none") File.Delete(record);
        if (what == "broken") File.WriteAllText(record, "{");
        // The list of packages that the module's own sources have is called the same.
        if (what == "other") File.WriteAllText(record, """{ "runtimes": [] }""");
        if (what == "renamed") Directory.Move(path, path = _folder["root/mine"]);
        Assert.Equal("NotARuntime", Assert.Throws<FineTuneException>(() => RuntimeRemoval.Of(path)).Id);
        Assert.Equal("NoSuchInstalledRuntime", Assert.Throws<FineTuneException>(() => RuntimeRemoval.Find(_folder["root"], FakePackages.Platform, null, "9.9.9")).Id);
        Assert.True(File.Exists(Path.Combine(path, FakePackages.Big)));
    }

    [Fact]
    public void One_in_use_stays_whole_on_Windows()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "other systems remove what is open, and the program keeps it");
        var runtime = Installed();
        using (new FileStream(Path.Combine(runtime.Path, FakePackages.Big), FileMode.Open, FileAccess.Read, FileShare.Read))
            Assert.Equal("RuntimeInUse", Assert.Throws<FineTuneException>(() => RuntimeRemoval.Remove(runtime, default)).Id);
        Assert.Empty(RuntimeInstaller.Changed(RuntimeInstaller.Read(runtime.Path)!, default));
    }

    FineTuneRuntime Installed() => new RuntimeInstaller(FakePackages.Request(_packages.Pinned, _folder["root"], _packages.WriteTo(_folder["source"]))).Install(default);
}

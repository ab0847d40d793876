using PSFineTune.Runtimes;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Installers in processes of their own: killed at any moment, and two at once.</summary>
public sealed class RuntimeProcessTests : IDisposable
{
    // Long enough to be killed in.
    const int Bytes = 48 << 20;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_that_is_killed_leaves_nothing_half_and_the_next_goes_on()
    {
        var packages = Packages();
        var (target, times, cut) = (_folder[$"root/{packages.Entry.Folder}"], new[] { 0, 20, 60, 120, 250 }, 0);
        foreach (var after in times)
        {
            // Those of children before it are there until it begins.
            var before = Left().ToHashSet();
            using var child = ChildProcess.Start("install", _folder.Path);
            Assert.True(ChildProcess.Until(() => Left().Any(left => !before.Contains(left)) || child.HasExited), "It did not begin.");
            Thread.Sleep(after);
            child.Kill();
            child.WaitForExit();
            if (Directory.Exists(target)) AssertWhole(packages, target);
            else cut++;
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
        }
        Assert.True(cut > 0, "None was killed in time.");
        Assert.Equal((0, ""), ChildProcess.Finish(ChildProcess.Start("install", _folder.Path)));
        AssertWhole(packages, target);
        Assert.Empty(Left());
    }

    [Fact]
    public void Of_two_at_once_one_installs_and_the_other_waits()
    {
        var packages = Packages();
        var both = new[] { ChildProcess.Start("install", _folder.Path), ChildProcess.Start("install", _folder.Path) };
        Assert.All(both, child => Assert.Equal((0, ""), ChildProcess.Finish(child)));
        AssertWhole(packages, _folder[$"root/{packages.Entry.Folder}"]);
        Assert.Equal(["installed", "there"], Directory.EnumerateFiles(_folder.Path, "said.*").Select(File.ReadAllText).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_downloads_into_one_folder_lose_no_line_of_each_other()
    {
        var folders = new[] { _folder["one"], _folder["two"] };
        var packages = folders.Select((folder, index) => new FakePackages(3000 + index).Renamed($"{index}")).ToList();
        for (var i = 0; i < 2; i++) packages[i].WriteTo(folders[i]);
        for (var round = 0; round < 8; round++)
        {
            var bundle = _folder[$"bundle{round}"];
            Parallel.For(0, 2, i => new RuntimeInstaller(FakePackages.Request(packages[i].Entry, bundle, folders[i]) with { AllowUnpinned = true }).Download(default));
            Assert.Equal(8, File.ReadAllLines(Path.Combine(bundle, "SHA256SUMS")).Length);
        }
    }

    /// <summary>What a child does.</summary>
    public static int Child(string folder)
    {
        var entry = new FakePackages(3).Entry;
        var request = FakePackages.Request(entry, Path.Combine(folder, "root"), Path.Combine(folder, "source")) with { AllowUnpinned = true };
        var runtime = new RuntimeInstaller(request).Install(default);
        File.WriteAllText(Path.Combine(folder, $"said.{Environment.ProcessId}"), runtime.WasThere ? "there" : "installed");
        return 0;
    }

    FakePackages Packages()
    {
        var packages = new FakePackages(Bytes);
        packages.WriteTo(_folder["source"]);
        Directory.CreateDirectory(_folder["root"]);
        return packages;
    }

    IEnumerable<string> Left() => Directory.EnumerateDirectories(_folder["root"], "*.tmp");

    static void AssertWhole(FakePackages packages, string target)
    {
        Assert.Empty(RuntimeInstaller.Changed(RuntimeInstaller.Read(target)!, default));
        Assert.Equal(FakePackages.Sha(packages.Content), FakePackages.Sha(File.ReadAllBytes(Path.Combine(target, FakePackages.Big))));
    }
}

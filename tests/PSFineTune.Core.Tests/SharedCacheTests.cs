using PSFineTune.Downloads;
using PSFineTune.Locking;
using PSFineTune.Pretrained;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A folder that several accounts write into: what one of them has planted there leads nobody to files elsewhere.</summary>
public sealed class SharedCacheTests : IDisposable
{
    static readonly byte[] s_content = DownloadTests.Content(50_000);
    static readonly DownloadOptions s_quick = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5), Shared = true };

    readonly TempFolder _folder = new();

    public SharedCacheTests()
    {
        Directory.CreateDirectory(_folder["cache"]);
        Directory.CreateDirectory(_folder["home"]);
        File.WriteAllText(_folder["home/key"], "secret");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_folder["home/key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(_folder["cache"], (UnixFileMode)0b111_111_101);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".file.bin.lock", true), InlineData(".file.bin.lock", false), InlineData("file.bin.part", true), InlineData("file.bin.part", false)]
    public void A_link_in_place_of_a_file_of_ours_is_refused_and_nothing_behind_it_is_touched(string name, bool isThere)
    {
        Plant($"cache/{name}", isThere ? "home/key" : "home/new");
        // A note that fits would make of what is behind the link the beginning of the file.
        using var server = new FileServer(exchange => exchange.Send(s_content, "\"1\""));
        File.WriteAllText(_folder["cache/file.bin.part.json"], PlanJson.Write(new PartNote { Address = server["file.bin"].ToString(), Mark = "\"1\"", Total = s_content.Length, Flushed = 6 }));
        var fault = Assert.Throws<FineTuneException>(() => Save(server));
        Assert.Equal("LinkInPlace", fault.Id);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["cache/file.bin"]));
        AssertUntouched();
    }

    [Theory]
    [InlineData("file.bin.part.json"), InlineData(".file.bin.lock.owner"), InlineData("file.bin")]
    public void A_link_in_place_of_a_file_that_is_written_whole_is_replaced(string name)
    {
        Plant($"cache/{name}", "home/key");
        using var server = new FileServer(exchange => exchange.Send(s_content, "\"1\""));
        Assert.Equal(_folder["cache/file.bin"], Save(server, new() { Bytes = s_content.Length }).Path);
        Assert.Null(new FileInfo(_folder["cache/file.bin"]).LinkTarget);
        Assert.Equal(s_content, File.ReadAllBytes(_folder["cache/file.bin"]));
        AssertUntouched();
    }

    [Theory]
    [InlineData("a--b"), InlineData("a--b/.entry.lock"), InlineData(".pretrained.lock")]
    public void Links_among_the_entries_are_refused(string name)
    {
        if (name != "a--b") Directory.CreateDirectory(_folder["cache/a--b"]);
        Plant($"cache/{name}", name == "a--b" ? "home" : "home/key");
        using var server = new FileServer(exchange => exchange.Head.Contains("/model.safetensors", StringComparison.Ordinal) ? exchange.Send(s_content) : exchange.Say("404 Not Found\r\nContent-Length: 0"));
        using var downloader = new Downloader(s_quick);
        var save = new PretrainedSave(new(_folder["cache"]), downloader, new() { Source = server.Url });
        Assert.Equal("LinkInPlace", Assert.Throws<FineTuneException>(() => save.Run(PretrainedEntry.OfRepository("a/b", "main"), null, default)).Id);
        AssertUntouched();
    }

    [Fact]
    public void A_link_at_the_name_that_a_file_is_written_under_first_is_not_followed()
    {
        foreach (var thread in Enumerable.Range(0, 256)) Plant($"cache/plan.json.{Environment.ProcessId:x}{thread:x}.tmp", "home/key");
        DurableFile.WriteText(_folder["cache/plan.json"], "{}");
        Assert.Equal("{}", File.ReadAllText(_folder["cache/plan.json"]));
        AssertUntouched();
    }

    [Fact]
    public void A_lock_makes_no_file_behind_a_link_that_leads_nowhere()
    {
        Plant("cache/lock", "home/new");
        Assert.Equal("CannotWrite", Assert.Throws<FineTuneException>(() => FineTuneLock.Acquire(_folder["cache/lock"], "trying", LockPolicy.Wait, TimeSpan.FromSeconds(5), default)).Id);
        AssertUntouched();
    }

    void Plant(string link, string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a right there that accounts do not have");
        File.CreateSymbolicLink(_folder[link], _folder[target]);
    }

    void AssertUntouched()
    {
        Assert.Equal(["key"], Directory.EnumerateFileSystemEntries(_folder["home"]).Select(Path.GetFileName));
        Assert.Equal("secret", File.ReadAllText(_folder["home/key"]));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["home/key"]));
    }

    SavedFile Save(FileServer server, FileFacts? facts = null)
    {
        using var downloader = new Downloader(s_quick);
        return downloader.Save(server["file.bin"], _folder["cache/file.bin"], facts ?? FileFacts.None, null, default);
    }
}

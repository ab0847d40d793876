using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Security.Cryptography;
using PSFineTune.Downloads;
using PSFineTune.Models;
using PSFineTune.Pretrained;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Downloads of several processes, and of one that is killed; disks that are full; and that nothing connects without being asked.</summary>
public sealed class DownloadProcessTests : IDisposable
{
    static readonly byte[] s_content = DownloadTests.Content(2_000_000);
    static readonly string s_hash = Convert.ToHexString(SHA256.HashData(s_content)).ToLowerInvariant();

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Downloads a file and says its hash.</summary>
    internal static int Child(string from, string path, string hash)
    {
        using var downloader = new Downloader(new());
        Console.WriteLine(downloader.Save(new(from), path, new() { Sha256 = hash.Length > 0 ? hash : null }, null, default).Sha256);
        return 0;
    }

    /// <summary>Does what has to do with published weights and is not a download, then a download: how many connections were begun before it, and whether any was seen with it.</summary>
    internal static int Silent(string from)
    {
        using var connections = new Connections();
        Assert.NotEmpty(Catalog<ModelSpec>.Names.Select(name => ArchitectureInfo.Of(Catalog<ModelSpec>.Create(name))).ToList());
        foreach (var entry in PretrainedCatalog.Entries)
            try { new WeightsCache().Saved(entry.Architecture, entry.Name); } catch (FineTuneException) { }
        using var downloader = new Downloader(new() { Retries = 0 });
        var unasked = connections.Seen.Count;
        downloader.Read(new(from), 1 << 20, default);
        return unasked > 0 ? 1 : connections.Seen.IsEmpty ? 2 : 0;
    }

    [Fact]
    public void A_process_that_is_killed_leaves_what_the_next_goes_on_with()
    {
        using var server = new FileServer(async exchange => { await exchange.Send(s_content, "\"1\"", upTo: 1_500_000); await exchange.Stall(); }, exchange => exchange.Send(s_content, "\"1\""));
        using (var process = ChildProcess.Start("download", server["file.bin"].ToString(), _folder["file.bin"], s_hash))
        {
            Assert.True(ChildProcess.Until(() => File.Exists(_folder["file.bin.part"]) && new FileInfo(_folder["file.bin.part"]).Length == 1_500_000));
            process.Kill();
            process.WaitForExit();
        }
        Assert.False(File.Exists(_folder["file.bin"]));
        using var downloader = new Downloader(new());
        Assert.Equal(s_hash, downloader.Save(server["file.bin"], _folder["file.bin"], new() { Sha256 = s_hash[..8] }, null, default).Sha256);
        Assert.Contains("Range: bytes=1500000-", server.Requests[1], StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["file.bin.part"]) || File.Exists(_folder["file.bin.part.json"]));
    }

    [Fact]
    public void Processes_that_want_the_same_file_fetch_it_once()
    {
        using var server = new FileServer(async exchange => { await Task.Delay(1000); await exchange.Send(s_content, "\"1\""); });
        var processes = Enumerable.Range(0, 3).Select(_ => ChildProcess.Start("download", server["file.bin"].ToString(), _folder["file.bin"], s_hash)).ToList();
        Assert.All(processes.Select(ChildProcess.Finish).ToList(), done => Assert.Equal((0, s_hash), (done.Code, done.Said.Trim())));
        Assert.Single(server.Requests);
        Assert.Equal(s_content, File.ReadAllBytes(_folder["file.bin"]));
    }

    [Fact]
    public void A_full_disk_is_told_before_and_while_it_fills()
    {
        Directory.CreateDirectory(_folder["disk"]);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && Do("mount", "-t", "tmpfs", "-o", "size=2500k", "tmpfs", _folder["disk"]) == 0, "nothing can be mounted here");
        try
        {
            using var downloader = new Downloader(new() { Retries = 0 });
            using (var told = new FileServer(exchange => exchange.Send(s_content)))
                Assert.Equal("NoRoom", Assert.Throws<FineTuneException>(() => downloader.Save(told["file.bin"], _folder["disk/file.bin"], FileFacts.None, null, default)).Id);
            var large = DownloadTests.Content(4_000_000);
            using (var silent = new FileServer(async exchange => { await exchange.Say("200 OK"); await exchange.Stream.WriteAsync(large); }))
                Assert.Equal("CannotWrite", Assert.Throws<FineTuneException>(() => downloader.Save(silent["file.bin"], _folder["disk/file.bin"], FileFacts.None, null, default)).Id);
            Assert.False(File.Exists(_folder["disk/file.bin"]));
        }
        finally
        {
            Do("umount", "-l", _folder["disk"]);
        }
    }

    [Fact]
    public void Nothing_connects_without_being_asked()
    {
        using var server = new FileServer(exchange => exchange.Send(s_content[..1000]));
        Assert.Equal((0, ""), ChildProcess.Finish(ChildProcess.Start("silent", server["file.bin"].ToString())) is var done ? (done.Code, done.Said.Trim()) : default);
    }

    static int Do(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>What the runtime tells of connections and names that are looked up.</summary>
    sealed class Connections : EventListener
    {
        public ConcurrentQueue<string> Seen { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Sockets" or "System.Net.NameResolution" or "System.Net.Http") EnableEvents(eventSource, EventLevel.Informational);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName is "ConnectStart" or "ResolutionStart" or "RequestStart") Seen.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{eventData.EventSource.Name} {eventData.EventName}"));
        }
    }
}

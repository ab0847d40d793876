using System.Diagnostics;
using System.Security.Cryptography;
using PSFineTune.Downloads;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Files come whole or not at all, from servers that drop, stall, lie and redirect; all of them are on this machine.</summary>
public sealed class DownloadTests : IDisposable
{
    static readonly byte[] s_content = Content(300_000);
    static readonly string s_hash = Convert.ToHexString(SHA256.HashData(s_content)).ToLowerInvariant();
    static readonly DownloadOptions s_quick = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5), IdleTimeout = TimeSpan.FromSeconds(10) };

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_comes_whole_and_leaves_no_part()
    {
        using var server = new FileServer(exchange => exchange.Send(s_content, "\"1\""));
        var told = new List<DownloadProgress>();
        var saved = Save(server, new() { Sha256 = s_hash, Bytes = s_content.Length }, report: told.Add);
        Assert.Equal((s_hash, s_content.Length, false), (saved.Sha256, saved.Bytes, saved.WasThere));
        Assert.Equal(s_content, File.ReadAllBytes(saved.Path));
        Assert.Equal(["file.bin"], Visible());
        Assert.Equal((s_content.Length, (long?)s_content.Length), (told[^1].Done, told[^1].Total));
        Assert.Contains("User-Agent: PSFineTune/", server.Requests[0], StringComparison.Ordinal);
        Assert.True(Save(server, new() { Sha256 = s_hash[..8] }).WasThere);
        Assert.Single(server.Requests);
        Save(server, new() { Sha256 = s_hash }, s_quick with { Replace = true });
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("\"mark\""), InlineData(null)]
    public void A_connection_that_drops_is_gone_on_with(string? mark)
    {
        using var server = new FileServer(exchange => exchange.Send(s_content, mark, upTo: 70_000));
        Assert.Equal(s_hash, Save(server, new() { Sha256 = s_hash[..8] }).Sha256);
        Assert.Equal(5, server.Requests.Count);
        Assert.Contains("Range: bytes=70000-", server.Requests[1], StringComparison.Ordinal);
        Assert.Equal(mark is not null, server.Requests[1].Contains("If-Range: \"mark\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_stalls_is_asked_again()
    {
        // On a machine under load also what is not meant to may stall.
        using var server = new FileServer(exchange => exchange.Stall(), async exchange =>
        {
            await exchange.Send(s_content, "\"1\"", upTo: exchange.Offset > 0 ? int.MaxValue : 1000);
            if (exchange.Offset == 0) await exchange.Stall();
        });
        Assert.Equal(s_hash, Save(server, FileFacts.None, s_quick with { IdleTimeout = TimeSpan.FromSeconds(1), Retries = 20 }).Sha256);
        Assert.Contains(server.Requests, request => request.Contains("Range: bytes=1000-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_without_parts_begins_again_and_one_that_always_breaks_off_is_given_up()
    {
        using (var server = new FileServer(exchange => exchange.Send(s_content, ranges: false, upTo: 70_000), exchange => exchange.Send(s_content, ranges: false)))
            Assert.Equal(s_hash, Save(server, new() { Sha256 = s_hash }).Sha256);
        File.Delete(_folder["file.bin"]);
        using var never = new FileServer(exchange => exchange.Send(s_content, ranges: false, upTo: 70_000));
        var fault = Assert.Throws<FineTuneException>(() => Save(never, new() { Sha256 = s_hash }, s_quick with { Retries = 3 }));
        Assert.Equal("DownloadFailed", fault.Id);
        Assert.Equal(4, never.Requests.Count);
        Assert.Contains("-Source", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["file.bin"]));
    }

    [Fact]
    public void Content_that_changes_on_the_way_is_begun_again()
    {
        var other = Content(250_000, 7);
        using var server = new FileServer(exchange => exchange.Send(other, "\"old\"", upTo: 90_000), exchange => exchange.Send(s_content, "\"new\""));
        Assert.Equal(s_hash, Save(server, FileFacts.None).Sha256);
        // Of servers that take no notice of marks only the hash knows.
        File.Delete(_folder["file.bin"]);
        using var careless = new FileServer(exchange => exchange.Send(other, upTo: 90_000), exchange => exchange.Send(s_content));
        Assert.Equal(s_hash, Save(careless, new() { Sha256 = s_hash }).Sha256);
        File.Delete(_folder["file.bin"]);
        using var confused = new FileServer(
            exchange => exchange.Send(other, "\"old\"", upTo: 90_000),
            async exchange => { await exchange.Say($"206 Partial Content\r\nETag: \"new\"\r\nContent-Range: bytes 90000-299999/300000\r\nContent-Length: 210000"); await exchange.Stream.WriteAsync(s_content.AsMemory(90_000)); },
            exchange => exchange.Send(s_content, "\"new\""));
        Assert.Equal(s_hash, Save(confused, FileFacts.None).Sha256);
    }

    [Fact]
    public void A_part_of_an_earlier_process_is_gone_on_with_and_one_of_another_address_is_not()
    {
        using var server = new FileServer(async exchange => { await exchange.Send(s_content, "\"1\"", upTo: 120_000); await exchange.Stall(); }, exchange => exchange.Send(s_content, "\"1\""));
        using var stop = new CancellationTokenSource();
        _ = StopAt(120_000, stop);
        Assert.Throws<TaskCanceledException>(() => Save(server, FileFacts.None, s_quick with { IdleTimeout = TimeSpan.FromSeconds(60) }, cancel: stop.Token));
        Assert.Equal(120_000, new FileInfo(_folder["file.bin.part"]).Length);
        using (var elsewhere = new FileServer(exchange => exchange.Say("404 Not Found\r\nContent-Length: 0")))
        {
            Assert.Equal("DownloadNotFound", Assert.Throws<FineTuneException>(() => Save(elsewhere, FileFacts.None)).Id);
            Assert.DoesNotContain("Range", elsewhere.Requests[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_kept_by_a_stopped_download_is_used()
    {
        using var server = new FileServer(async exchange => { await exchange.Send(s_content, "\"1\"", upTo: 120_000); await exchange.Stall(); }, exchange => exchange.Send(s_content, "\"1\""));
        using var stop = new CancellationTokenSource();
        var stopping = StopAt(120_000, stop);
        Assert.Throws<TaskCanceledException>(() => Save(server, FileFacts.None, new(), cancel: stop.Token));
        // A second is promised; this one is for a machine under load, and far from the minute of silence.
        Assert.InRange((await stopping).Elapsed.TotalSeconds, 0, 20);
        Assert.Equal(s_hash, Save(server, FileFacts.None).Sha256);
        Assert.Contains("Range: bytes=120000-", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_whole_already_is_only_checked()
    {
        using var server = new FileServer(exchange => exchange.Send(s_content, "\"1\""));
        File.WriteAllBytes(_folder["file.bin.part"], s_content);
        File.WriteAllText(_folder["file.bin.part.json"], PlanJson.Write(new PartNote { Address = server["file.bin"].ToString(), Mark = "\"1\"", Total = s_content.Length, Flushed = s_content.Length }));
        Assert.Equal(s_hash, Save(server, FileFacts.None).Sha256);
        Assert.Single(server.Requests);
        // A part longer than the file.
        File.Delete(_folder["file.bin"]);
        File.WriteAllBytes(_folder["file.bin.part"], Content(400_000, 3));
        File.WriteAllText(_folder["file.bin.part.json"], PlanJson.Write(new PartNote { Address = server["file.bin"].ToString(), Mark = "\"1\"", Flushed = 400_000 }));
        Assert.Equal(s_hash, Save(server, FileFacts.None).Sha256);
    }

    [Fact]
    public void A_wrong_hash_deletes_what_came_and_tells_both()
    {
        using var server = new FileServer(exchange => exchange.Send(s_content));
        File.WriteAllText(_folder["file.bin"], "what was there");
        var fault = Assert.Throws<FineTuneException>(() => Save(server, new() { Sha256 = "0123abcd" }));
        Assert.Equal("WrongHash", fault.Id);
        Assert.Contains(s_hash, fault.Message, StringComparison.Ordinal);
        Assert.Contains("0123abcd", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["file.bin"], Visible());
        Assert.Equal("what was there", File.ReadAllText(_folder["file.bin"]));
    }

    [Fact]
    public void A_wrong_file_that_comes_in_pieces_is_fetched_whole_once_more_and_no_oftener()
    {
        // Breaks off once for each time that it is begun.
        using var server = new FileServer(exchange => exchange.Send(s_content, "\"1\"", upTo: exchange.Offset > 0 ? int.MaxValue : 100_000));
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Assert.Equal("WrongHash", Assert.Throws<FineTuneException>(() => Save(server, new() { Sha256 = "0123abcd" }, cancel: late.Token)).Id);
        Assert.Equal(4, server.Requests.Count);
        Assert.Empty(Visible());
    }

    [Fact]
    public void A_part_that_this_account_may_not_open_is_begun_again()
    {
        File.WriteAllText(_folder["file.bin.part"], "another's");
        File.SetAttributes(_folder["file.bin.part"], FileAttributes.ReadOnly);
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "no rights keep this account out, or none let it delete");
        using var server = new FileServer(exchange => exchange.Send(s_content));
        Assert.Equal(s_hash, Save(server, FileFacts.None).Sha256);
        Assert.Equal(["file.bin"], Visible());
    }

    [Fact]
    public void A_part_in_a_shared_folder_can_be_gone_on_with_by_the_group()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are inherited there");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_101);
        using var server = new FileServer(async exchange => { await exchange.Send(s_content, "\"1\"", upTo: 120_000); await exchange.Stall(); });
        using var stop = new CancellationTokenSource();
        _ = StopAt(120_000, stop);
        Assert.Throws<TaskCanceledException>(() => Save(server, FileFacts.None, s_quick with { Shared = true, IdleTimeout = TimeSpan.FromSeconds(60) }, cancel: stop.Token));
        foreach (var file in new[] { "file.bin.part", "file.bin.part.json" })
            Assert.True(File.GetUnixFileMode(_folder[file]).HasFlag(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead), file);
    }

    [Theory]
    [InlineData("502 Bad Gateway", "DownloadFailed", 3), InlineData("503 Busy", "DownloadFailed", 3), InlineData("504 Late", "DownloadFailed", 3)]
    [InlineData("403 Forbidden", "ProxyDenied", 1), InlineData("407 Proxy Authentication Required", "ProxyDenied", 1), InlineData("501 Never", "ProxyDenied", 1)]
    public void A_proxy_that_cannot_just_now_is_asked_again_and_one_that_forbids_is_not(string head, string id, int requests)
    {
        using var proxy = new FileServer(exchange => exchange.Say(head + "\r\nContent-Length: 0"));
        var fault = Assert.Throws<FineTuneException>(() => Save(new Uri("https://publisher.example/file.bin"), FileFacts.None, s_quick with { Proxy = new(proxy.Url), Retries = 2 }));
        Assert.Equal(id, fault.Id);
        Assert.Contains(head[..3], fault.Message, StringComparison.Ordinal);
        Assert.Equal(requests, proxy.Requests.Count);
        Assert.StartsWith("CONNECT publisher.example:443", proxy.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy.corp:8080"), InlineData("myproxy"), InlineData("ftp://proxy:21"), InlineData("user:secret@proxy:8080"), InlineData("//proxy:8080")]
    public void A_proxy_is_an_address(string given)
    {
        var fault = Assert.Throws<FineTuneException>(() => new DownloadOptions { Proxy = new(given, UriKind.RelativeOrAbsolute) });
        Assert.Equal("BadProxy", fault.Id);
        Assert.Contains("http://host:port", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", $"{fault.Message}{fault.Target}", StringComparison.Ordinal);
        Assert.NotNull(new DownloadOptions { Proxy = new("http://proxy.corp:8080") }.Proxy);
    }

    [Fact]
    public void Lengths_that_are_lies_are_found_out()
    {
        using (var longer = new FileServer(async exchange => { await exchange.Say($"200 OK\r\nContent-Length: {s_content.Length + 5}"); await exchange.Stream.WriteAsync(s_content); }))
            Assert.Equal("DownloadFailed", Assert.Throws<FineTuneException>(() => Save(longer, FileFacts.None, s_quick with { Retries = 2 })).Id);
        using (var other = new FileServer(exchange => exchange.Send(s_content)))
            Assert.Equal("WrongSize", Assert.Throws<FineTuneException>(() => Save(other, new() { Bytes = s_content.Length - 1 })).Id);
        using (var endless = new FileServer(async exchange => { await exchange.Say("200 OK"); while (true) await exchange.Stream.WriteAsync(s_content); }))
            Assert.Equal("WrongSize", Assert.Throws<FineTuneException>(() => Save(endless, new() { Bytes = s_content.Length })).Id);
        using var silent = new FileServer(async exchange => { await exchange.Say("200 OK"); await exchange.Stream.WriteAsync(s_content.AsMemory(0, 10)); });
        Assert.Equal("DownloadFailed", Assert.Throws<FineTuneException>(() => Save(silent, new() { Bytes = s_content.Length }, s_quick with { Retries = 1 })).Id);
        Assert.False(File.Exists(_folder["file.bin"]));
    }

    [Theory]
    [InlineData("404 Not Found", "DownloadNotFound"), InlineData("410 Gone", "DownloadNotFound"), InlineData("401 Unauthorized", "DownloadDenied"), InlineData("403 Forbidden", "DownloadDenied")]
    [InlineData("407 Proxy Authentication Required", "ProxyDenied"), InlineData("511 Network Authentication Required", "CaptivePortal"), InlineData("200 OK\r\nContent-Type: text/html; charset=utf-8", "CaptivePortal")]
    [InlineData("418 Teapot", "UnexpectedAnswer"), InlineData("200 OK\r\nContent-Encoding: gzip", "UnexpectedAnswer"), InlineData("429 Slow\r\nRetry-After: 9999", "UnexpectedAnswer"), InlineData("302 Found", "UnexpectedAnswer")]
    [InlineData("302 Found\r\nLocation: http://user:pw@192.0.2.1/file.bin?token=x", "InsecureDownload"), InlineData("302 Found\r\nLocation: ftp://127.0.0.1/", "UnexpectedAnswer"), InlineData("302 Found\r\nLocation: /again", "TooManyRedirects")]
    public void An_answer_that_is_no_file_is_told_at_once(string head, string id)
    {
        using var server = new FileServer(exchange => exchange.Say(head + "\r\nContent-Length: 0"));
        var fault = Assert.Throws<FineTuneException>(() => Save(server, FileFacts.None));
        Assert.Equal(id, fault.Id);
        Assert.DoesNotContain("pw", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Visible());
        Assert.Equal(id == "TooManyRedirects" ? 11 : 1, server.Requests.Count);
    }

    [Fact]
    public void A_page_without_a_type_is_a_page()
    {
        using var server = new FileServer(async exchange => { await exchange.Say("200 OK"); await exchange.Stream.WriteAsync("\n<!DOCTYPE HTML><title>Sign in</title>"u8.ToArray()); });
        Assert.Equal("CaptivePortal", Assert.Throws<FineTuneException>(() => Save(server, FileFacts.None)).Id);
        Assert.Empty(Visible());
    }

    [Fact]
    public void A_server_may_send_on_and_ask_to_wait()
    {
        using var there = new FileServer(exchange => exchange.Say("503 Busy\r\nRetry-After: 1\r\nContent-Length: 0"), exchange => exchange.Send(s_content));
        using var first = new FileServer(exchange => exchange.Say($"302 Found\r\nLocation: {there.Url}/other/file.bin"));
        var watch = Stopwatch.StartNew();
        Assert.Equal(s_hash, Save(first, FileFacts.None).Sha256);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 60);
    }

    [Fact]
    public void What_cannot_be_reached_or_is_plain_is_told_with_the_way_out()
    {
        var gone = new FileServer(exchange => exchange.Stall());
        var address = gone["file.bin"];
        gone.Dispose();
        var fault = Assert.Throws<FineTuneException>(() => Save(address, FileFacts.None));
        Assert.Equal("NoNetwork", fault.Id);
        Assert.DoesNotContain("way of the proxy", fault.Message, StringComparison.Ordinal);
        var behind = Assert.Throws<FineTuneException>(() => Save(new Uri("https://publisher.example/file.bin"), FileFacts.None, s_quick with { Proxy = address }));
        Assert.Equal("NoNetwork", behind.Id);
        Assert.Contains($"by way of the proxy '{WebAddress.Shown(address)}'", behind.Message, StringComparison.Ordinal);
        Assert.Contains("-Source", fault.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("InsecureDownload", Assert.Throws<FineTuneException>(() => Save(new Uri("http://user:secret@mirror.example/a.bin?key=1"), FileFacts.None)).Id);
        Assert.Equal("BadSource", Assert.Throws<FineTuneException>(() => Save(new Uri("ftp://mirror.example/a.bin"), FileFacts.None)).Id);
        Assert.Equal("http://mirror.example/a.bin", WebAddress.Shown(new("http://user:secret@mirror.example/a.bin?key=1#x")));
    }

    [Theory]
    [InlineData("plain"), InlineData("a b#c%41?d'é"), InlineData("back\\slash")]
    public void A_folder_is_a_source_whatever_its_name(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name != "plain", "no such names there");
        Directory.CreateDirectory(_folder[name]);
        var source = Path.Combine(_folder[name], "f.bin");
        File.WriteAllBytes(source, s_content);
        Assert.Equal(source, WebAddress.OfPath(source).LocalPath);
        Assert.Equal(source, WebAddress.LocalPath(WebAddress.OfPath(source).AbsoluteUri));
        Assert.Equal(s_hash, Save(WebAddress.OfPath(source), new() { Sha256 = s_hash[..8] }).Sha256);
        Assert.Equal("DownloadNotFound", Assert.Throws<FineTuneException>(() => Save(WebAddress.OfPath(Path.Combine(_folder[name], "g.bin")), FileFacts.None, s_quick with { Replace = true })).Id);
        Assert.Equal("https://mirror.example/a%20b/c/d%23.bin?key=1", WebAddress.In("https://mirror.example/a%20b/?key=1", "c/", "d#.bin").AbsoluteUri);
    }

    [Fact]
    public void Small_things_are_read_into_memory()
    {
        using var server = new FileServer(exchange => exchange.Send(s_content, upTo: 150_000), exchange => exchange.Send(s_content));
        using var downloader = new Downloader(s_quick);
        Assert.Equal(s_content, downloader.Read(server["index.json"], 1 << 20, default));
        Assert.Equal("UnexpectedAnswer", Assert.Throws<FineTuneException>(() => downloader.Read(server["index.json"], 1000, default)).Id);
    }

    internal static byte[] Content(int bytes, int seed = 1)
    {
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        return content;
    }

    SavedFile Save(FileServer server, FileFacts facts, DownloadOptions? options = null, Action<DownloadProgress>? report = null, CancellationToken cancel = default) =>
        Save(server["file.bin"], facts, options, report, cancel);

    SavedFile Save(Uri from, FileFacts facts, DownloadOptions? options = null, Action<DownloadProgress>? report = null, CancellationToken cancel = default)
    {
        using var downloader = new Downloader(options ?? s_quick);
        return downloader.Save(from, _folder["file.bin"], facts, report, cancel);
    }

    // Once that many bytes have come; the time since.
    Task<Stopwatch> StopAt(long bytes, CancellationTokenSource stop) => Task.Run(async () =>
    {
        var part = _folder["file.bin.part"];
        while (!File.Exists(part) || new FileInfo(part).Length < bytes) await Task.Delay(10);
        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        return watch;
    });

    string[] Visible() => [.. Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Where(name => name[0] != '.').Order()];
}

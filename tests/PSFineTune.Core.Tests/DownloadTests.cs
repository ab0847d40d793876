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
    static readonly DownloadOptions s_quick = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5), IdleTimeout = TimeSpan.FromMilliseconds(400) };

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
        using var server = new FileServer(
            async exchange => { await exchange.Send(s_content, "\"1\"", upTo: 1000); await exchange.Stall(); },
            exchange => exchange.Stall(),
            exchange => exchange.Send(s_content, "\"1\""));
        Assert.Equal(s_hash, Save(server, FileFacts.None).Sha256);
        Assert.Contains("Range: bytes=1000-", server.Requests[2], StringComparison.Ordinal);
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
        Assert.Throws<TaskCanceledException>(() => Save(server, FileFacts.None, s_quick with { IdleTimeout = TimeSpan.FromSeconds(60) }, _ => stop.CancelAfter(300), stop.Token));
        Assert.Equal(120_000, new FileInfo(_folder["file.bin.part"]).Length);
        using (var elsewhere = new FileServer(exchange => exchange.Say("404 Not Found\r\nContent-Length: 0")))
        {
            Assert.Equal("DownloadNotFound", Assert.Throws<FineTuneException>(() => Save(elsewhere, FileFacts.None)).Id);
            Assert.DoesNotContain("Range", elsewhere.Requests[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_kept_by_a_stopped_download_is_used()
    {
        using var server = new FileServer(async exchange => { await exchange.Send(s_content, "\"1\"", upTo: 120_000); await exchange.Stall(); }, exchange => exchange.Send(s_content, "\"1\""));
        using var stop = new CancellationTokenSource();
        var watch = new Stopwatch();
        Assert.Throws<TaskCanceledException>(() => Save(server, FileFacts.None, new(), _ => { watch.Start(); stop.CancelAfter(300); }, stop.Token));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.2, 1.3);
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
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 10);
    }

    [Fact]
    public void What_cannot_be_reached_or_is_plain_is_told_with_the_way_out()
    {
        var gone = new FileServer(exchange => exchange.Stall());
        var address = gone["file.bin"];
        gone.Dispose();
        var fault = Assert.Throws<FineTuneException>(() => Save(address, FileFacts.None));
        Assert.Equal("NoNetwork", fault.Id);
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
        Assert.Equal(source, WebAddress.In(_folder[name], "f.bin").LocalPath);
        Assert.Equal(source, WebAddress.In(source, "f.bin").LocalPath);
        Assert.Equal(s_hash, Save(WebAddress.In(_folder[name], "f.bin"), new() { Sha256 = s_hash[..8] }).Sha256);
        Assert.Equal("DownloadNotFound", Assert.Throws<FineTuneException>(() => Save(WebAddress.In(_folder[name], "g.bin"), FileFacts.None, s_quick with { Replace = true })).Id);
        Assert.Equal("https://mirror.example/a%20b/c/d%23.bin?key=1", WebAddress.In("https://mirror.example/a%20b/?key=1", "c/d#.bin").AbsoluteUri);
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

    string[] Visible() => [.. Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Where(name => name[0] != '.').Order()];
}

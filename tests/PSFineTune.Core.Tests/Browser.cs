using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A headless Chromium, asked by the DevTools protocol over a loopback socket; the tests that need it are skipped, and say so, where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe"];
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    readonly TempFolder _profile = new();
    readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    readonly ConcurrentQueue<JsonNode> _events = new();
    readonly SemaphoreSlim _sending = new(1);
    readonly ClientWebSocket _socket = new();
    Process? _process;
    Task? _listening;
    int _last;

    static string? Program => Environment.GetEnvironmentVariable("PSFINETUNE_CHROMIUM") is { Length: > 0 } named ? named : Array.Find(s_places, File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is not { } program) return;
        // A container's root has no sandbox, and little shared memory.
        _process = Process.Start(new ProcessStartInfo(program,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--hide-scrollbars",
            "--remote-debugging-port=0", "--remote-debugging-address=127.0.0.1", $"--user-data-dir={_profile.Path}", "about:blank",
        ]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var told = _profile["DevToolsActivePort"];
        var watch = Stopwatch.StartNew();
        string[] lines = [];
        while (lines.Length < 2)
        {
            Assert.False(_process.HasExited || watch.Elapsed > s_patience, $"{program} does not start.");
            await Task.Delay(50);
            if (File.Exists(told)) lines = await File.ReadAllLinesAsync(told);
        }
        await _socket.ConnectAsync(new($"ws://127.0.0.1:{lines[0]}{lines[1]}"), CancellationToken.None);
        _listening = Task.Run(Listen);
    }

    /// <summary>A page with nothing in it yet.</summary>
    public async Task<BrowserPage> NewPage(int width = 1200, int height = 900)
    {
        Assert.SkipWhen(_process is null, "needs a Chromium: install one, or name it in PSFINETUNE_CHROMIUM");
        var target = (string)(await Ask("Target.createTarget", new() { ["url"] = "about:blank" }))["targetId"]!;
        var session = (string)(await Ask("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!;
        var page = new BrowserPage(this, session);
        foreach (var part in new[] { "Page", "Runtime", "Log", "Network" }) await page.Ask($"{part}.enable");
        await page.Resize(width, height);
        return page;
    }

    internal IEnumerable<JsonNode> EventsOf(string session) => _events.Where(happened => (string?)happened["sessionId"] == session);

    internal async Task<JsonNode> Ask(string method, JsonObject? settings = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = settings ?? [] };
        if (session is not null) message["sessionId"] = session;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
        return await answer.Task.WaitAsync(s_patience);
    }

    async Task Listen()
    {
        var (buffer, message) = (new byte[1 << 16], new MemoryStream());
        while (_socket.State == WebSocketState.Open)
        {
            WebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
            }
            catch (WebSocketException)
            {
                return;
            }
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            var node = JsonNode.Parse(message.ToArray())!;
            message.SetLength(0);
            if (node["id"] is not { } id) _events.Enqueue(node);
            else if (!_asked.TryRemove((int)id, out var asked)) continue;
            else if (node["error"] is { } wrong) asked.SetException(new InvalidOperationException(wrong.ToJsonString()));
            else asked.SetResult(node["result"]!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            try
            {
                await Ask("Browser.close");
            }
            catch (Exception gone) when (gone is WebSocketException or TimeoutException)
            {
            }
            if (!_process.WaitForExit(10_000)) _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
        _socket.Dispose();
        try
        {
            _profile.Dispose();
        }
        // What the browser still writes as it ends is the system's to remove.
        catch (IOException)
        {
        }
    }
}

/// <summary>A page of the browser, and all that it did.</summary>
public sealed class BrowserPage(Browser browser, string session)
{
    internal Task<JsonNode> Ask(string method, JsonObject? settings = null) => browser.Ask(method, settings, session);

    public Task Resize(int width, int height) => Ask("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    /// <param name="media">screen or print.</param>
    /// <param name="scheme">light or dark.</param>
    public Task Media(string media, string scheme) => Ask("Emulation.setEmulatedMedia", new()
    {
        ["media"] = media, ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }, new JsonObject { ["name"] = "prefers-reduced-motion", ["value"] = "reduce" }),
    });

    public async Task Open(string file, bool scripts = true)
    {
        await Ask("Emulation.setScriptExecutionDisabled", new() { ["value"] = !scripts });
        await Ask("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
        for (var loaded = false; !loaded;)
        {
            await Task.Delay(20);
            loaded = await Value<string>("location.protocol + document.readyState") == "file:complete";
        }
    }

    /// <summary>What a script gives, in the page.</summary>
    public async Task<T> Value<T>(string script)
    {
        var answer = await Ask("Runtime.evaluate", new() { ["expression"] = script, ["awaitPromise"] = true, ["returnByValue"] = true });
        Assert.True(answer["exceptionDetails"] is null, answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>In the middle of an element.</summary>
    public async Task Click(string selector)
    {
        var place = await Value<double[]>($"(() => {{ const e = document.querySelector({JsonSerializer.Serialize(selector)}); e.scrollIntoView({{ block: 'center' }}); const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; }})()");
        foreach (var kind in new[] { "mousePressed", "mouseReleased" })
            await Ask("Input.dispatchMouseEvent", new() { ["type"] = kind, ["x"] = place[0], ["y"] = place[1], ["button"] = "left", ["clickCount"] = 1 });
    }

    public async Task Press(string key)
    {
        var (code, text) = key switch { "Enter" => (13, "\r"), " " => (32, " "), "Tab" => (9, ""), "ArrowLeft" => (37, ""), "ArrowUp" => (38, ""), "ArrowRight" => (39, ""), "ArrowDown" => (40, ""), _ => throw new ArgumentOutOfRangeException(nameof(key)) };
        await Ask("Input.dispatchKeyEvent", new() { ["type"] = text.Length > 0 ? "keyDown" : "rawKeyDown", ["key"] = key, ["code"] = key == " " ? "Space" : key, ["text"] = text, ["windowsVirtualKeyCode"] = code });
        await Ask("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key, ["code"] = key == " " ? "Space" : key, ["windowsVirtualKeyCode"] = code });
    }

    public async Task Screenshot(string file)
    {
        var size = await Value<int[]>("[document.documentElement.clientWidth, document.documentElement.scrollHeight]");
        var answer = await Ask("Page.captureScreenshot", new() { ["captureBeyondViewport"] = true, ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = size[0], ["height"] = Math.Min(size[1], 16000), ["scale"] = 1 } });
        await File.WriteAllBytesAsync(file, Convert.FromBase64String((string)answer["data"]!));
    }

    public async Task<byte[]> Pdf() => Convert.FromBase64String((string)(await Ask("Page.printToPDF", new() { ["printBackground"] = true, ["preferCSSPageSize"] = true }))["data"]!);

    /// <summary>What the console says, what throws, and dialogs that open.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. browser.EventsOf(session).Where(happened => (string)happened["method"]! is "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded" or "Page.javascriptDialogOpening").Select(happened => happened.ToJsonString())];

    /// <summary>Addresses that were asked for, those of files in the page itself left out.</summary>
    public IReadOnlyList<string> Requests =>
        [.. browser.EventsOf(session).Where(happened => (string)happened["method"]! == "Network.requestWillBeSent").Select(happened => (string)happened["params"]!["request"]!["url"]!).Where(url => !url.StartsWith("data:", StringComparison.Ordinal))];
}

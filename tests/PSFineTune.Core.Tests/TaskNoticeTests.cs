using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using PSFineTune.Tasks;
using PSFineTune.Tasks.Notices;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Who is told of a task; sockets are of this machine alone.</summary>
public sealed class TaskNoticeTests : IDisposable
{
    static readonly TaskOutcome s_outcome = new()
    {
        Task = "photos", Result = TaskResult.DataRejected, Reason = "two\nlines \"quoted\"", Started = new(2026, 1, 1, 3, 0, 0, default), Finished = new(2026, 1, 1, 3, 0, 5, default),
    };

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Syslog_is_told_one_line_with_the_severity()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no syslog");
        using var log = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        log.Bind(new UnixDomainSocketEndPoint(_folder["log"]));
        new SyslogNotice(_folder["log"]).Send(s_outcome, default);
        var buffer = new byte[4096];
        var line = Encoding.UTF8.GetString(buffer, 0, log.Receive(buffer));
        Assert.StartsWith("<11>Jan  1 ", line, StringComparison.Ordinal);
        Assert.Contains("task=photos result=DataRejected exit=20", line, StringComparison.Ordinal);
        Assert.Contains("reason=\"two lines 'quoted'\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        new SyslogNotice(_folder["log"]).Send(s_outcome with { Reason = new string('x', 5000) }, default);
        Assert.InRange(log.Receive(buffer), 1000, 1024);
    }

    [Fact]
    public async Task A_webhook_is_sent_the_outcome_again_after_a_failure()
    {
        using var server = new Server(["503 Service Unavailable", "200 OK"]);
        Environment.SetEnvironmentVariable("PSFINETUNE_TEST_TOKEN", "secret");
        var hook = new TaskWebhook { Url = server.Url, Headers = new Dictionary<string, string> { ["Authorization"] = "env:PSFINETUNE_TEST_TOKEN", ["X-From"] = "task" } };
        await Task.Run(() => new WebhookNotice(hook).Send(s_outcome, default));
        Assert.Equal(2, server.Requests.Count);
        var (head, body) = server.Requests[1];
        Assert.StartsWith("POST /hook ", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: secret", head, StringComparison.Ordinal);
        Assert.Contains("X-From: task", head, StringComparison.Ordinal);
        var json = JsonNode.Parse(body)!;
        Assert.Equal(20, json["exitCode"]!.GetValue<int>());
        Assert.Equal("two\nlines \"quoted\"", json["reason"]!.GetValue<string>());
        Assert.Contains("exit=20", json["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_refuses_or_stays_silent_is_a_failure_in_bounded_time()
    {
        using (var server = new Server(["500 No"])) await Assert.ThrowsAnyAsync<HttpRequestException>(() => Task.Run(() => new WebhookNotice(new() { Url = server.Url, Retries = 0 }).Send(s_outcome, default)));
        using (var silent = new Server([null])) await Assert.ThrowsAsync<TimeoutException>(() => Task.Run(() => new WebhookNotice(new() { Url = silent.Url, Retries = 0, Timeout = TimeSpan.FromMilliseconds(300) }).Send(s_outcome, default)));
        using var redirecting = new Server(["302 Found\r\nLocation: http://127.0.0.1:9/"]);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Task.Run(() => new WebhookNotice(new() { Url = redirecting.Url, Retries = 0 }).Send(s_outcome, default)));
    }

    [Fact]
    public void Only_failures_are_told_where_that_is_asked()
    {
        using var server = new Server(["200 OK"]);
        new WebhookNotice(new() { Url = server.Url, OnlyFailures = true }).Send(s_outcome with { Result = TaskResult.Published }, default);
        Assert.Empty(server.Requests);
    }

    /// <summary>Answers requests in turn; null is no answer.</summary>
    sealed class Server : IDisposable
    {
        readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        readonly Task _serving;

        public Server(IReadOnlyList<string?> answers)
        {
            _listener.Start();
            _serving = Serve(answers);
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";

        public List<(string Head, string Body)> Requests { get; } = [];

        public void Dispose() => _listener.Stop();

        async Task Serve(IReadOnlyList<string?> answers)
        {
            try
            {
                foreach (var answer in answers)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    Requests.Add(await Read(stream));
                    if (answer is null) await Task.Delay(TimeSpan.FromMinutes(1));
                    else await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                }
            }
            catch (Exception over) when (over is ObjectDisposedException or SocketException or IOException)
            {
            }
        }

        static async Task<(string, string)> Read(NetworkStream stream)
        {
            var (text, buffer) = ("", new byte[1 << 16]);
            while (true)
            {
                text += Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer));
                var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end < 0) continue;
                var head = text[..end];
                var length = head.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                if (Encoding.UTF8.GetByteCount(text[(end + 4)..]) >= int.Parse(length.Split(':')[1])) return (head, text[(end + 4)..]);
            }
        }
    }
}

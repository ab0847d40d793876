using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PSFineTune.Tests;

/// <summary>A server of files on this machine that answers as a test tells it to: one answer for each request in turn, the last for all that follow.</summary>
sealed class FileServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    readonly List<Func<Exchange, Task>> _answers;
    int _asked;

    public FileServer(params Func<Exchange, Task>[] answers)
    {
        _answers = [.. answers];
        _listener.Start();
        _ = Accept();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public Uri this[string file] => new($"{Url}/{file}");

    /// <summary>Heads of all requests.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose()
    {
        _over.Cancel();
        _listener.Stop();
    }

    async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    async Task Serve(TcpClient client)
    {
        using (client)
            try
            {
                var stream = client.GetStream();
                var head = await Head(stream);
                Func<Exchange, Task> answer;
                lock (Requests)
                {
                    Requests.Add(head);
                    answer = _answers[Math.Min(_asked++, _answers.Count - 1)];
                }
                await answer(new(head, stream, _over.Token));
            }
            catch (Exception over) when (over is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
            }
    }

    static async Task<string> Head(NetworkStream stream)
    {
        var (text, one) = (new StringBuilder(), new byte[1]);
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0) throw new IOException("no request");
            text.Append((char)one[0]);
        }
        return text.ToString();
    }
}

/// <summary>A request and the way to answer it.</summary>
sealed record Exchange(string Head, NetworkStream Stream, CancellationToken Over)
{
    public string? Header(string name) => Head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    public long Offset => Header("Range") is { } range ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;

    public Task Say(string head) => Stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n")).AsTask();

    /// <summary>The file as a good server sends it: whole, or from the byte asked for where the mark still holds.</summary>
    /// <param name="content">The file.</param>
    /// <param name="mark">ETag; null for none.</param>
    /// <param name="ranges">Whether parts are given.</param>
    /// <param name="upTo">Bytes of the body after which the connection is dropped.</param>
    public async Task Send(byte[] content, string? mark = null, bool ranges = true, int upTo = int.MaxValue)
    {
        var isPart = ranges && Offset > 0 && (Header("If-Range") is not { } wanted || wanted == mark);
        var tag = mark is null ? "" : $"\r\nETag: {mark}";
        if (isPart && Offset >= content.Length)
        {
            await Say($"416 Range Not Satisfiable\r\nContent-Range: bytes */{content.Length}\r\nContent-Length: 0");
            return;
        }
        var body = isPart ? content[(int)Offset..] : content;
        await Say((isPart ? $"206 Partial Content\r\nContent-Range: bytes {Offset}-{content.Length - 1}/{content.Length}" : "200 OK") + $"\r\nContent-Type: application/octet-stream\r\nContent-Length: {body.Length}{tag}");
        await Stream.WriteAsync(body.AsMemory(0, Math.Min(upTo, body.Length)));
        await Stream.FlushAsync();
    }

    public Task Stall() => Task.Delay(Timeout.Infinite, Over);
}

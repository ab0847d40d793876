using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PSFineTune.Tests;

/// <summary>A feed of NuGet's version 3 on this machine's own address, for one test.</summary>
sealed class PackageFeed : IDisposable
{
    readonly HttpListener _listener = new();
    readonly FakePackages _packages;
    int _requests, _ranges;

    public PackageFeed(FakePackages packages)
    {
        _packages = packages;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Root = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }
        _listener.Prefixes.Add(Root);
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Root { get; }

    public string Index => Root + "v3/index.json";

    /// <summary>Ids of packages that it does not have.</summary>
    public HashSet<string> Missing { get; } = [];

    /// <summary>Requests for packages that break off half-way.</summary>
    public int Drops { get; set; }

    /// <summary>"user:password" without which nothing is answered.</summary>
    public string? Password { get; init; }

    public int Requests => _requests;

    /// <summary>Requests that asked for the rest only.</summary>
    public int Ranges => _ranges;

    public void Dispose() => _listener.Close();

    void Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = _listener.GetContext();
                Interlocked.Increment(ref _requests);
                Answer(context);
            }
            catch (Exception wrong) when (wrong is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // The client has gone, or the test is over.
            }
        }
    }

    void Answer(HttpListenerContext context)
    {
        var (request, answer) = (context.Request, context.Response);
        if (Password is { } wanted && request.Headers["Authorization"] != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(wanted)))
        {
            answer.AddHeader("WWW-Authenticate", "Basic realm=\"feed\"");
            answer.StatusCode = 401;
            answer.Close();
        }
        else if (request.Url!.AbsolutePath == "/v3/index.json") Send(context, Encoding.UTF8.GetBytes($$"""{ "version": "3.0.0", "resources": [{ "@id": "{{Root}}search", "@type": "SearchQueryService" }, { "@id": "{{Root}}flat", "@type": "PackageBaseAddress/3.0.0" }] }"""));
        else if (Body(request.Url.AbsolutePath) is { } body) Send(context, body, drops: true);
        else
        {
            answer.StatusCode = 404;
            answer.Close();
        }
    }

    byte[]? Body(string path) => path.Split('/') is ["", "flat", var id, "1.0.0", var file] && file == $"{id}.1.0.0.nupkg"
        && _packages.Entry.Packages.FirstOrDefault(package => package.Id.ToLowerInvariant() == id) is { } package && !Missing.Contains(package.Id) ? _packages.Zip(package.Id) : null;

    void Send(HttpListenerContext context, byte[] body, bool drops = false)
    {
        var (answer, from) = (context.Response, 0);
        answer.AddHeader("ETag", $"\"{FakePackages.Sha(body)[..16]}\"");
        if (context.Request.Headers["Range"] is { } range)
        {
            Interlocked.Increment(ref _ranges);
            from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            answer.StatusCode = 206;
            answer.AddHeader("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{body.Length - 1}/{body.Length}"));
        }
        var rest = body.AsSpan(from);
        answer.ContentLength64 = rest.Length;
        if (drops && Drops > 0)
        {
            Drops--;
            answer.OutputStream.Write(rest[..(rest.Length / 2)]);
            answer.OutputStream.Flush();
            answer.Abort();
            return;
        }
        answer.OutputStream.Write(rest);
        answer.Close();
    }
}

using System.Text;

namespace PSFineTune.Tests;

/// <summary>A feed of NuGet's version 3 on this machine's own address, for one test.</summary>
sealed class PackageFeed : IDisposable
{
    readonly FileServer _server;
    readonly FakePackages _packages;
    readonly Lock _one = new();
    int _requests, _ranges;

    public PackageFeed(FakePackages packages)
    {
        _packages = packages;
        _server = new(Answer);
    }

    public string Root => _server.Url + "/";

    public string Index => Root + "v3/index.json";

    /// <summary>Ids of packages that it does not have.</summary>
    public HashSet<string> Missing { get; } = [];

    /// <summary>Requests for packages that break off half-way.</summary>
    public int Drops { get; set; }

    /// <summary>"user:password" without which nothing is answered.</summary>
    public string? Password { get; init; }

    /// <summary>What its index says, where it is not as it should be.</summary>
    public string? Says { get; init; }

    public int Requests => _requests;

    /// <summary>Requests that asked for the rest only.</summary>
    public int Ranges => _ranges;

    public void Dispose() => _server.Dispose();

    async Task Answer(Exchange exchange)
    {
        Interlocked.Increment(ref _requests);
        var path = exchange.Head.Split(' ')[1];
        if (Password is { } wanted && exchange.Header("Authorization") != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(wanted))) await exchange.Say("401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"feed\"\r\nContent-Length: 0");
        else if (path == "/v3/index.json") await exchange.Send(Encoding.UTF8.GetBytes(Says ?? $$"""{ "version": "3.0.0", "resources": [{ "@id": "{{Root}}search", "@type": "SearchQueryService" }, { "@id": "{{Root}}flat", "@type": "PackageBaseAddress/3.0.0" }] }"""));
        else if (Body(path) is { } body)
        {
            if (exchange.Offset > 0) Interlocked.Increment(ref _ranges);
            await exchange.Send(body, $"\"{FakePackages.Sha(body)[..16]}\"", upTo: Breaks() ? (int)(body.Length - exchange.Offset) / 2 : int.MaxValue);
        }
        else await exchange.Say("404 Not Found\r\nContent-Length: 0");
    }

    bool Breaks()
    {
        lock (_one) return Drops > 0 && Drops-- > 0;
    }

    byte[]? Body(string path) => path.Split('/') is ["", "flat", var id, "1.0.0", var file] && file == $"{id}.1.0.0.nupkg"
        && _packages.Entry.Packages.FirstOrDefault(package => package.Id.ToLowerInvariant() == id) is { } package && !Missing.Contains(package.Id) ? _packages.Zip(package.Id) : null;
}

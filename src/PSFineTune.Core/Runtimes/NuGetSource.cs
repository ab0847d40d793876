using System.Net;
using System.Text.Json.Nodes;
using PSFineTune.Downloads;

namespace PSFineTune.Runtimes;

/// <summary>Where packages come from.</summary>
abstract class NuGetSource(string name, DownloadOptions options) : IDisposable
{
    // The list of what a feed can do has some dozen lines.
    private protected const int MostBytes = 4 << 20;

    /// <summary>As it is shown: without what may be secret.</summary>
    public string Name => name;

    public Downloader Downloader { get; } = new(options);

    /// <summary>The hash that the source itself tells, for a package that nobody else vouches for; null for none.</summary>
    public virtual string? HashOf(RuntimePackage package) => null;

    /// <summary>Where the package should be; null where it is surely not.</summary>
    public abstract Uri? Locate(RuntimePackage package, CancellationToken cancel);

    public void Dispose() => Downloader.Dispose();

    /// <summary>The sources to ask, in this order.</summary>
    /// <param name="given">Address of an index.json, or full path of a folder; null for those configured for NuGet.</param>
    /// <param name="options">Proxy and credentials given with the command.</param>
    /// <param name="say">Told of each configured source that cannot be asked, and why.</param>
    /// <exception cref="FineTuneException">NoPackageSource, BadNuGetConfig, BadSource.</exception>
    public static IReadOnlyList<NuGetSource> Of(string? given, DownloadOptions options, Action<string> say)
    {
        if (given is not null) return [Of(new NuGetSourceSetting("", given), options)];
        return Usable(NuGetSettings.Sources(NuGetSettings.Files), options, say) is { Count: > 0 } usable ? usable : throw Fault.NoPackageSource(NuGetSettings.Files);
    }

    /// <summary>Of configured sources those that can be asked. A folder that is not there, as one of a share that is not mounted or of a program that was removed, is no more a fault than to NuGet a source that lacks the package.</summary>
    public static IReadOnlyList<NuGetSource> Usable(IReadOnlyList<NuGetSourceSetting> sources, DownloadOptions options, Action<string> say)
    {
        var usable = new List<NuGetSource>();
        foreach (var source in sources)
        {
            if ((source.Refusal ?? (source.IsFolder && !Directory.Exists(source.Location) ? $"there is no folder '{source.Location}'" : null)) is { } refusal) say($"The package source '{source.Name}' is left out: {refusal}.");
            else usable.Add(Of(source, options));
        }
        return usable;
    }

    public static NuGetSource Of(NuGetSourceSetting source, DownloadOptions options)
    {
        var isAddress = Uri.TryCreate(source.Location, UriKind.Absolute, out var index);
        if (source.IsFolder) return new NuGetFolder(isAddress && index!.IsFile ? index.LocalPath : source.Location, options);
        if (!isAddress || index is null) throw Fault.BadSource(source.Location);
        var own = options with { AllowInsecure = options.AllowInsecure || source.AllowInsecure };
        return new NuGetFeed(index, source.Credential is { } credential ? own with { Credential = For(index, credential) } : own);
    }

    /// <summary>A name and password for one server and no other.</summary>
    public static CredentialCache For(Uri server, NetworkCredential credential)
    {
        var (cache, root) = (new CredentialCache(), new Uri(server.GetLeftPart(UriPartial.Authority)));
        foreach (var kind in (string[])["Basic", "Digest", "NTLM", "Negotiate"]) cache.Add(root, kind, credential);
        return cache;
    }
}

/// <summary>A folder of .nupkg files, flat, as a bundle has them, or laid out as NuGet lays out its own.</summary>
sealed class NuGetFolder(string folder, DownloadOptions options) : NuGetSource(folder, options)
{
    /// <summary>Hashes of the files of a folder, as sha256sum writes and checks them.</summary>
    public const string Sums = "SHA256SUMS";

    readonly Lazy<Dictionary<string, string>> _sums = new(() => Read(Path.Combine(folder, Sums)));

    public override string? HashOf(RuntimePackage package) => _sums.Value.GetValueOrDefault(package.FileName);

    public override Uri? Locate(RuntimePackage package, CancellationToken cancel)
    {
        var (id, version) = (package.Id.ToLowerInvariant(), package.Version.ToLowerInvariant());
        if (!Directory.Exists(Name)) throw Fault.NoSourceFolder(Name);
        return Found(Name, package.FileName) ?? Found(Path.Combine(Name, id, version), package.FileName) ?? Found(Path.Combine(Name, package.Id, version), package.FileName);
    }

    // Names of files differ by case on some systems and not on others.
    static Uri? Found(string folder, string file)
    {
        try
        {
            return Directory.Exists(folder)
                && Directory.EnumerateFiles(folder, "*", new EnumerationOptions { IgnoreInaccessible = false }).FirstOrDefault(path => string.Equals(Path.GetFileName(path), file, StringComparison.OrdinalIgnoreCase)) is { } path ? WebAddress.OfPath(path) : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(folder, wrong);
        }
    }

    /// <summary>The hashes of a folder with those of some packages more: one bundle may serve several platforms.</summary>
    public static string SumsWith(string folder, IEnumerable<RuntimePackage> packages)
    {
        var sums = new SortedDictionary<string, string>(Read(Path.Combine(folder, Sums)), StringComparer.Ordinal);
        foreach (var package in packages) sums[package.FileName] = package.Sha256!;
        return string.Concat(sums.Select(sum => $"{sum.Value}  {sum.Key}\n"));
    }

    static Dictionary<string, string> Read(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return File.ReadLines(path).Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
                .GroupBy(parts => parts[1].TrimStart(' ', '*').Trim(), StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Last()[0].ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}

/// <summary>A feed of NuGet's version 3 (Microsoft Learn, "NuGet Server API", package content).</summary>
sealed class NuGetFeed(Uri index, DownloadOptions options) : NuGetSource(WebAddress.Shown(index), options)
{
    const string Kind = "PackageBaseAddress/3.";

    Uri? _packages;

    public override Uri? Locate(RuntimePackage package, CancellationToken cancel)
    {
        _packages ??= Base(cancel);
        return new(_packages, $"{package.Id.ToLowerInvariant()}/{package.Version.ToLowerInvariant()}/{package.FileName}");
    }

    // What a server says is an address on the web, which the downloader checks further, or nothing: no file of this machine, and no share, to which Windows would say who is there.
    Uri Base(CancellationToken cancel)
    {
        if (!Uri.TryCreate(Told(cancel)?.TrimEnd('/') + "/", UriKind.Absolute, out var address) || !WebAddress.IsWeb(address)) throw Fault.NotAFeed(Name, null);
        if (index.Scheme == Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttps) throw Fault.InsecureRedirect(Name, WebAddress.Shown(address));
        return address;
    }

    string? Told(CancellationToken cancel)
    {
        try
        {
            var resources = JsonNode.Parse(Downloader.Read(index, MostBytes, cancel))?["resources"]?.AsArray();
            return (string?)resources?.FirstOrDefault(resource => ((string?)resource?["@type"])?.StartsWith(Kind, StringComparison.Ordinal) == true)?["@id"];
        }
        // The last is a name that is there twice.
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Fault.NotAFeed(Name, wrong);
        }
    }
}

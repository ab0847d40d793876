using System.Collections;
using System.Management.Automation;
using PSFineTune.Downloads;
using PSFineTune.Runtimes;

namespace PSFineTune.Cmdlets;

/// <summary>What cmdlets share that fetch NuGet packages.</summary>
public abstract class PackageSourceCmdlet : FineTuneCmdlet
{
    readonly List<PackageSource> _sources = [];

    /// <summary>Where the packages come from: the address of a feed's index.json, a folder of .nupkg files, or one that -DownloadOnly has made; the default is the NuGet sources configured for the machine and the user.</summary>
    [Parameter]
    public string? Source { get; set; }

    /// <summary>Name and password for the feed that -Source names; configured sources have theirs in NuGet's settings.</summary>
    [Parameter, Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The proxy to ask through; the default is the system's.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>Name and password for the proxy.</summary>
    [Parameter, Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Ask a feed of another machine without encryption; what comes is held to its hash all the same.</summary>
    [Parameter]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>SHA-256 of .nupkg files by package id, for packages that this version of the module vouches for no hash of, or that a company signs anew.</summary>
    [Parameter]
    public Hashtable? Hash { get; set; }

    /// <summary>Take packages that nobody vouches for: whatever the source gives will run on this machine.</summary>
    [Parameter]
    public SwitchParameter AllowUnpinned { get; set; }

    /// <summary>Write what was installed or downloaded as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected RuntimeEntry EntryOf(string runtime, string? accelerator)
    {
        var (chosen, reason) = accelerator is null ? RuntimeFolders.DefaultAccelerator(runtime) : (accelerator, "as asked");
        WriteVerbose($"The accelerator is {chosen}: {reason}.");
        return RuntimeList.Own.Of(runtime, chosen);
    }

    private protected RuntimeRequest Request(RuntimeEntry entry, string root, bool force) => new()
    {
        Entry = entry, Root = root, Force = force, AllowUnpinned = AllowUnpinned, Sources = Sources(), Report = new ShownDownload(this).Report,
        Hashes = (Hash ?? []).Cast<DictionaryEntry>().ToDictionary(pair => $"{pair.Key}", pair => $"{pair.Value}", StringComparer.OrdinalIgnoreCase),
    };

    protected override void Release() => _sources.ForEach(source => source.Dispose());

    List<PackageSource> Sources()
    {
        var isAddress = Source is not null && Uri.TryCreate(Source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        var options = new DownloadOptions { AllowInsecure = AllowInsecure, Proxy = Proxy, ProxyCredential = ProxyCredential?.GetNetworkCredential() };
        if (isAddress && Credential is not null) options = options with { Credential = PackageSource.For(new(Source!), Credential.GetNetworkCredential()) };
        _sources.AddRange(PackageSource.Of(Source is null || isAddress ? Source : GetUnresolvedProviderPathFromPSPath(Source), options, WriteVerbose));
        return _sources;
    }
}

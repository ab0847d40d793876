using System.Collections;
using System.Management.Automation;
using PSFineTune.Runtimes;

namespace PSFineTune.Cmdlets;

/// <summary>What cmdlets share that fetch NuGet packages: from the feed or folder of -Source, else from the sources configured for NuGet.</summary>
public abstract class NuGetCmdlet : DownloadingCmdlet
{
    readonly List<NuGetSource> _sources = [];

    /// <summary>Where packages come from in place of the sources configured for NuGet: the address of a feed's index.json, or a folder of .nupkg files.</summary>
    [Parameter]
    public override string? Source { get; set; }

    /// <summary>Name and password for the feed that -Source names; configured sources have theirs in NuGet's settings.</summary>
    [Parameter, Credential]
    public PSCredential? Credential { get; set; }

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
        if (accelerator is not null) return RuntimeList.Own.Of(runtime, accelerator);
        var (entry, reason, warning) = RuntimeList.Own.Default(runtime, runtime == RuntimeFolders.ThisMachine, each => each.HasDriver);
        WriteVerbose($"The accelerator is {entry.Accelerator}: {reason}.");
        if (warning is not null) WriteWarning(warning);
        return entry;
    }

    private protected RuntimeRequest Request(RuntimeEntry entry, string root, bool force) => new()
    {
        Entry = entry, Root = root, Force = force, AllowUnpinned = AllowUnpinned, Sources = Sources(), Report = Show,
        Hashes = (Hash ?? []).Cast<DictionaryEntry>().ToDictionary(pair => $"{pair.Key}", pair => $"{pair.Value}", StringComparer.OrdinalIgnoreCase),
    };

    protected override void Release() => _sources.ForEach(source => source.Dispose());

    List<NuGetSource> Sources()
    {
        var options = GivenSource is { } source && Credential is not null && Uri.TryCreate(source, UriKind.Absolute, out var feed) && !feed.IsFile
            ? DownloadOptions with { Credential = NuGetSource.For(feed, Credential.GetNetworkCredential()) } : DownloadOptions;
        _sources.AddRange(NuGetSource.Of(GivenSource, options, WriteVerbose));
        return _sources;
    }
}

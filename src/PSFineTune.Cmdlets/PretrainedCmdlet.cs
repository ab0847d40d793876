using System.Management.Automation;
using PSFineTune.Downloads;
using PSFineTune.Pretrained;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that brings published weights into a folder.</summary>
public abstract class PretrainedCmdlet : DownloadingCmdlet
{
    readonly HashSet<string> _asked = [];
    Downloader? _downloader;

    /// <summary>The folder of weights; without it $env:PSFINETUNE_WEIGHTS, else weights in this account's own folder of the module.</summary>
    [Parameter]
    public string? Destination { get; set; }

    /// <summary>Keep files as their publisher has them, to be carried to another machine and taken in there with -Source.</summary>
    [Parameter]
    public SwitchParameter AsPublished { get; set; }

    /// <summary>Fetch also what is here already; it must still be the same.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write what was saved as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What to save, each found when its turn comes.</summary>
    private protected abstract IEnumerable<Func<IReadOnlyList<PretrainedEntry>>> Wanted { get; }

    protected override void Process()
    {
        var cache = new WeightsCache(FullPath(Destination));
        _downloader ??= new(DownloadOptions with { Replace = Force, Shared = cache.IsShared });
        var entries = Wanted.SelectMany(find => Said(find) ?? []).ToList();
        _asked.UnionWith(entries.Select(entry => entry.Name));
        var saving = new PretrainedSave(cache, _downloader, new() { Source = GivenSource, Force = Force, AsPublished = AsPublished, IsOneOfSeveral = _asked.Count > 1 });
        foreach (var entry in entries)
            if (ShouldProcess($"{entry.Name} into {cache.FolderOf(entry)}", $"Save {saving.From(entry)}{(entry.Licence.Length > 0 ? $" ({entry.Licence})" : "")}")
                && Said(() => saving.Run(entry, Show, Cancelled)) is { } saved) Tell(saved);
    }

    protected override void Release() => _downloader?.Dispose();

    void Tell(PretrainedModel saved)
    {
        WriteVerbose($"{saved.Name}: {(saved.FromCache ? "was here already" : $"came from {saved.Source}")}, SHA-256 {saved.SourceSha256}.");
        if (PassThru) WriteObject(saved);
    }
}

using System.Management.Automation;
using PSFineTune.Downloads;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that fetches files: from where, and by which way.</summary>
public abstract class DownloadingCmdlet : FineTuneCmdlet
{
    /// <summary>Where to fetch from in place of the publisher's own server: the https address of a mirror, a folder, or a file.</summary>
    [Parameter]
    public virtual string? Source { get; set; }

    /// <summary>The proxy's address; without it the system's settings count, HTTPS_PROXY among them.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <summary>For a proxy that asks who is there.</summary>
    [Parameter, Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Ask plain http addresses of other machines too, whose answers anyone on the way can change.</summary>
    [Parameter]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>The source as the core knows it: an address, or a full path.</summary>
    private protected string? GivenSource => Source is null || Source.Contains("://", StringComparison.Ordinal) ? Source : GetUnresolvedProviderPathFromPSPath(Source);

    private protected DownloadOptions DownloadOptions => new() { Proxy = Proxy, ProxyCredential = ProxyCredential?.GetNetworkCredential(), AllowInsecure = AllowInsecure };

    /// <summary>Shows how far a download is.</summary>
    private protected void Show(DownloadProgress progress) => WriteProgress(new(8143, $"{progress.Activity} {progress.File}",
        progress.Total is { } total ? $"{MiB(progress.Done)} of {MiB(total)} MiB" : $"{MiB(progress.Done)} MiB")
    {
        PercentComplete = progress.Total is > 0 and var all ? (int)Math.Min(100, 100 * progress.Done / all) : -1,
        SecondsRemaining = progress.Left is { } left ? (int)Math.Min(left.TotalSeconds, int.MaxValue) : -1,
        RecordType = progress.Done == progress.Total ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    });

    static string MiB(long bytes) => FormattableString.Invariant($"{bytes / 1048576.0:0.0}");
}

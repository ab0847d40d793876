using System.Diagnostics;

namespace PSFineTune.Downloads;

/// <summary>How far a download is and how long it will take, told a few times a second.</summary>
sealed class DownloadPace(string file, Action<DownloadProgress>? report)
{
    static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    readonly Stopwatch _watch = Stopwatch.StartNew();
    TimeSpan _told = TimeSpan.MinValue;
    long? _first;

    /// <summary>What is being done.</summary>
    public string Activity { get; init; } = "Downloading";

    /// <param name="done">Bytes there are.</param>
    /// <param name="total">Bytes there will be; null where it is not known.</param>
    public void At(long done, long? total)
    {
        if (report is null) return;
        var (first, passed) = (_first ??= done, _watch.Elapsed);
        if (_told != TimeSpan.MinValue && passed - _told < s_between && done != total) return;
        _told = passed;
        var left = passed >= s_settled && done > first && total is { } all ? passed * ((all - done) / (double)(done - first)) : (TimeSpan?)null;
        report(new() { File = file, Activity = Activity, Done = done, Total = total, Left = left });
    }
}

using System.Globalization;
using System.Management.Automation;
using PSFineTune.Downloads;

namespace PSFineTune.Cmdlets;

/// <summary>Shows downloads and what is done with them as PowerShell's progress.</summary>
sealed class ShownDownload(ISpeaker speaker)
{
    const int Id = 8143;

    public void Report(DownloadProgress value) => speaker.WriteProgress(new(Id, $"{value.Activity} {value.File}".TrimEnd(), Amount(value))
    {
        PercentComplete = value.Total is > 0 and var total ? (int)(100 * value.Done / total) : -1,
        SecondsRemaining = value.Left is { } left ? (int)left.TotalSeconds : -1,
        RecordType = value.Done == value.Total ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    });

    static string Amount(DownloadProgress value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Done / 1048576.0:0.0}{(value.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total / 1048576.0:0.0}") : "")} MiB");
}

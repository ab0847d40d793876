using System.Management.Automation;
using PSFineTune.Data;

namespace PSFineTune.Cmdlets;

/// <summary>Shows work on files as PowerShell's progress; the core reports on the thread that asked.</summary>
sealed class ShownProgress(ISpeaker speaker) : IProgress<ImportProgress>
{
    const int Id = 8142;

    public void Report(ImportProgress value) => speaker.WriteProgress(new(Id, value.Activity, $"{value.Done} of {value.Total} {value.Unit}".TrimEnd())
    {
        PercentComplete = (int)(100L * value.Done / Math.Max(1, value.Total)),
        SecondsRemaining = value.Left is { } left ? (int)left.TotalSeconds : -1,
        RecordType = value.Done < value.Total ? ProgressRecordType.Processing : ProgressRecordType.Completed,
    });
}

using System.Diagnostics;

namespace PSFineTune.Training;

/// <summary>A run as its folder shows it at one moment.</summary>
/// <param name="Record">What is finished of it.</param>
/// <param name="Progress">Where it is, or was last; null before its first step.</param>
/// <param name="End">Null while it goes on; else how it ended, in words.</param>
sealed record RunState(RunRecord Record, RunProgress? Progress, string? End)
{
    // Validation and the first reading of data leave no sign; a machine that cannot be asked is given that long.
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    /// <param name="folder">Of the run.</param>
    /// <param name="now">To tell whether its last sign of life is old.</param>
    public static RunState Of(RunFolder folder, DateTimeOffset now)
    {
        var (record, progress) = (folder.Record, ProgressFile.Read(folder.Path));
        return new(record, progress, EndOf(record, progress, File.GetLastWriteTimeUtc(Path.Combine(folder.Path, RunFolder.RecordName)), now));
    }

    /// <summary>The run that an object names: a record, an id, or a folder.</summary>
    /// <exception cref="FineTuneException">NoSuchRun.</exception>
    public static RunFolder Find(object given, string workspace) => given switch
    {
        RunRecord { Path: var path } when new RunFolder(path).HasRecord => new(path),
        RunRecord { Id: var id } => RunFolder.Find(workspace, id),
        string folder when Path.IsPathFullyQualified(folder) && new RunFolder(Path.TrimEndingDirectorySeparator(folder)) is { HasRecord: true } found => found,
        _ => RunFolder.Find(workspace, given.ToString() ?? ""),
    };

    /// <summary>The newest run that goes on, else the newest.</summary>
    /// <exception cref="FineTuneException">NoRuns.</exception>
    public static RunFolder Newest(string workspace, DateTimeOffset now) =>
        RunFolder.All(workspace).FirstOrDefault(folder => Of(folder, now).End is null) ?? RunFolder.All(workspace).FirstOrDefault() ?? throw Fault.NoRuns(workspace);

    /// <summary>The record of a run, or the record that was given where its folder is gone; what was given may be older than what is on the disk.</summary>
    public static RunRecord RecordOf(object given, string workspace) =>
        given is RunRecord record && (record.Finished is not null || !new RunFolder(record.Path).HasRecord) ? record : Find(given, workspace).Record;

    static string? EndOf(RunRecord record, RunProgress? progress, DateTimeOffset recorded, DateTimeOffset now) => (record, progress) switch
    {
        ({ Finished: not null, ExitCode: 0 }, _) => "complete",
        ({ Finished: not null, ExitCode: 130 }, _) => "stopped",
        ({ Finished: not null }, _) => "failed",
        (_, { } sign) when sign.MachineName == Environment.MachineName => IsAlive(sign) ? null : $"killed: its process {sign.ProcessId} is gone",
        _ => (progress?.At ?? recorded) is var last && now - last > s_patience ? $"silent since {last.ToLocalTime():yyyy-MM-dd HH:mm}: most likely killed" : null,
    };

    // A process of that number that started after the sign is another one.
    static bool IsAlive(RunProgress sign)
    {
        try
        {
            using var process = Process.GetProcessById(sign.ProcessId);
            return process.StartTime.ToUniversalTime() <= sign.At.UtcDateTime;
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // No such process, or one that says nothing about itself: those exist.
            return wrong is System.ComponentModel.Win32Exception;
        }
    }
}

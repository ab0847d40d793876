using PSFineTune.Native;

namespace PSFineTune.Tasks.Notices;

/// <summary>An entry in Windows' Application log, source PSFineTune; the event's id is the exit code. Where no administrator has registered the source, Windows shows the text behind a remark that says so.</summary>
sealed class EventLogNotice : Notice
{
    public override string Name => "the event log";

    public override void Send(TaskOutcome outcome, CancellationToken cancel) => WindowsEventLog.Write("PSFineTune", outcome.Result switch
    {
        TaskResult.Published => WindowsEventLog.Information,
        TaskResult.Held or TaskResult.Locked or TaskResult.Stopped => WindowsEventLog.Warning,
        _ => WindowsEventLog.Error,
    }, (uint)outcome.ExitCode, Line(outcome));
}

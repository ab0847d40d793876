using PSFineTune.Tasks.Notices;

namespace PSFineTune.Tasks.Stages;

/// <summary>Tells the event log or syslog, and a webhook where one is set. Nobody who cannot be told changes what the task has done.</summary>
sealed class NotifyStage : TaskStage
{
    public override bool Tells => true;

    public override bool IsSkipped(FineTuneTask task) => task.Notify.Skip || Notices(task).Count == 0;

    public override string Explain(FineTuneTask task) => $"Tells {string.Join(" and ", Notices(task).Select(notice => notice.Name))} of the outcome.";

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        foreach (var notice in Notices(state.Task))
            if (Failure(notice, state.Outcome, cancel) is { } why) yield return new TaskWarned(why);
            else yield return new StageSaid(notice.Name);
    }

    static List<Notice> Notices(FineTuneTask task) =>
    [
        .. task.Notify.EventLog ?? (OperatingSystem.IsWindows() || SyslogNotice.IsHere) ? [OperatingSystem.IsWindows() ? new EventLogNotice() : (Notice)new SyslogNotice()] : Array.Empty<Notice>(),
        .. task.Notify.Webhook is { } hook ? [new WebhookNotice(hook)] : Array.Empty<Notice>(),
    ];

    static string? Failure(Notice notice, TaskOutcome outcome, CancellationToken cancel)
    {
        try
        {
            notice.Send(outcome, cancel);
            return null;
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            return Fault.NotNotified(notice.Name, wrong).Message;
        }
    }
}

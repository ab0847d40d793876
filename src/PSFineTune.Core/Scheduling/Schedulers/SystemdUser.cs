namespace PSFineTune.Scheduling.Schedulers;

/// <summary>A timer of the account's own systemd, in ~/.config/systemd/user.</summary>
public sealed record SystemdUser : SystemdUnits
{
    internal override int Preference(SchedulerMachine machine) => machine.HasSystemd && !machine.IsRoot ? 2 : 0;

    internal override string? Impossible(TaskDefinition task) => task.User is not null ? "its units run as the account that they belong to" : base.Impossible(task);

    internal override string? Caveat(TaskDefinition task) => "A user's timers run only while the user is logged on, unless 'loginctl enable-linger' was typed once.";

    private protected override string Folder(SchedulerMachine machine) => machine.UserUnits;

    private protected override string[] Scope => ["--user"];
}

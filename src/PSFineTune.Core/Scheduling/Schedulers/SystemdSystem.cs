namespace PSFineTune.Scheduling.Schedulers;

/// <summary>A timer of the machine's systemd, in /etc/systemd/system; for root.</summary>
public sealed record SystemdSystem : SystemdUnits
{
    internal override int Preference(SchedulerMachine machine) => machine.HasSystemd && machine.IsRoot ? 2 : 0;

    private protected override string Folder(SchedulerMachine machine) => machine.SystemUnits;

    private protected override string[] Scope => [];

    private protected override string? Account(TaskDefinition task) => task.User;
}

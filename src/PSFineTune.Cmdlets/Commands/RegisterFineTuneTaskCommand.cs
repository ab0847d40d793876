using System.Management.Automation;
using PSFineTune.Scheduling;

namespace PSFineTune.Cmdlets;

/// <summary>Makes the machine run Invoke-FineTuneTask on a settings file at given times: Windows Task Scheduler, a systemd timer, or cron.</summary>
/// <remarks>Registering twice changes nothing, and registering with other settings changes the task of that name. With -WhatIf nothing is written, and what would be is shown to the letter, as message and as Definition of the object returned. Times are local. The task runs with the pwsh and the module of this session, and with what the module reads from its environment. See scheduling.md in the module's folder docs.</remarks>
/// <example>
/// <code>Register-FineTuneTask ./nightly.json -At 02:30 -WhatIf</code>
/// What would be registered, every night at half past two.
/// </example>
/// <example>
/// <code>Register-FineTuneTask ./nightly.json -At 02:30 -DaysOfWeek Monday, Thursday -Kind SystemdUser -RandomDelay 00:20 -TimeLimit 06:00</code>
/// Twice a week as a timer of the account, begun within twenty minutes, ended after six hours.
/// </example>
/// <example>
/// <code>Register-FineTuneTask ./nightly.json -Name 'drift watch' -At 00:15 -EveryHours 6 -Kind Cron -WhatIf | Select-Object -ExpandProperty Definition</code>
/// The lines that would be added to the account's crontab, for four times a day.
/// </example>
[Cmdlet(VerbsLifecycle.Register, "FineTuneTask", SupportsShouldProcess = true), OutputType(typeof(ScheduledTask))]
public sealed class RegisterFineTuneTaskCommand : ScheduleCmdlet
{
    /// <summary>The settings file of Invoke-FineTuneTask.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true), Alias("FullName")]
    public string Path { get; set; } = null!;

    /// <summary>Name of the task; without it the Name in the settings, else the name of the file.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>TaskScheduler, SystemdUser, SystemdSystem or Cron; without it what suits this machine.</summary>
    [Parameter, ToCatalogItem<SchedulerSpec>, ArgumentCompleter(typeof(CatalogNames<SchedulerSpec>))]
    public SchedulerSpec? Kind { get; set; }

    protected override void Process()
    {
        var task = new TaskRegistration(Machine, WriteWarning).Register(Request(Path, Name, Kind), planned => ShouldProcess(
            $"Register with {planned.Kind}, {planned.Schedule}:\n{planned.Definition}", $"Register the task '{planned.Name}' with {planned.Kind}, {planned.Schedule}?", "Register task"));
        WriteObject(task);
    }
}

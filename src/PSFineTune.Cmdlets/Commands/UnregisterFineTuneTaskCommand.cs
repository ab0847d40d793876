using System.Management.Automation;
using PSFineTune.Scheduling;

namespace PSFineTune.Cmdlets;

/// <summary>Takes tasks of Register-FineTuneTask off the machine's schedulers; settings, runs and models stay.</summary>
/// <remarks>Nothing else of a crontab, a units folder or the Task Scheduler is touched. A run that is under way goes on.</remarks>
/// <example>
/// <code>Unregister-FineTuneTask nightly -WhatIf</code>
/// What would be taken away.
/// </example>
/// <example>
/// <code>Unregister-FineTuneTask nightly</code>
/// One task, whatever kind it is.
/// </example>
/// <example>
/// <code>Get-FineTuneTask -Kind SystemdUser | Unregister-FineTuneTask -Confirm:$false</code>
/// All that are timers of the account.
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "FineTuneTask", SupportsShouldProcess = true), OutputType(typeof(void))]
public sealed class UnregisterFineTuneTaskCommand : FineTuneCmdlet
{
    /// <summary>Names of tasks; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true), SupportsWildcards, ArgumentCompleter(typeof(TaskNames))]
    public string[] Name { get; set; } = [];

    /// <summary>Only of TaskScheduler, SystemdUser, SystemdSystem or Cron.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true), ToCatalogItem<SchedulerSpec>, ArgumentCompleter(typeof(CatalogNames<SchedulerSpec>))]
    public SchedulerSpec? Kind { get; set; }

    protected override void Process()
    {
        foreach (var name in Name)
        {
            var found = new TaskRegistration(new(), WriteWarning).Remove(Kind, task => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(task),
                task => ShouldProcess($"{task.Name} ({task.Kind}, {task.Schedule})", "Unregister task"));
            if (found == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) WriteFault(Fault.NoSuchTask(name));
        }
    }
}

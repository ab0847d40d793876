using System.Management.Automation;
using PSFineTune.Scheduling;

namespace PSFineTune.Cmdlets;

/// <summary>Lists the tasks that Register-FineTuneTask has registered on this machine, and no others.</summary>
/// <remarks>Those that this account can see: its crontab, its own timers and those of the machine, its Windows tasks. A task whose files are there and that the scheduler does not run has Registered false. One that names files that are no longer there, such as the module of a version that was removed, fails at every run before it can say so itself: a warning names them, and so does Missing.</remarks>
/// <example>
/// <code>Get-FineTuneTask</code>
/// All of them, with the next run.
/// </example>
/// <example>
/// <code>(Get-FineTuneTask drift*).Definition</code>
/// The units, lines or XML of some, to the letter.
/// </example>
/// <example>
/// <code>Get-FineTuneTask | Where-Object { -not $_.Registered -or $_.Missing }</code>
/// Tasks that will not run.
/// </example>
[Cmdlet(VerbsCommon.Get, "FineTuneTask"), OutputType(typeof(ScheduledTask))]
public sealed class GetFineTuneTaskCommand : FineTuneCmdlet
{
    /// <summary>Names of tasks; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true), SupportsWildcards, ArgumentCompleter(typeof(TaskNames))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only of TaskScheduler, SystemdUser, SystemdSystem or Cron.</summary>
    [Parameter, ToCatalogItem<SchedulerSpec>, ArgumentCompleter(typeof(CatalogNames<SchedulerSpec>))]
    public SchedulerSpec? Kind { get; set; }

    protected override void Process()
    {
        var tasks = new TaskRegistration(new(), WriteWarning);
        var all = tasks.All(Kind).ToList();
        foreach (var name in Name)
        {
            var found = all.Where(task => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(task.Name)).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) WriteFault(Fault.NoSuchTask(name));
            foreach (var task in found)
            {
                tasks.WarnOfMissing(task);
                WriteObject(task);
            }
        }
    }
}

using System.Management.Automation;
using PSFineTune.Scheduling;

namespace PSFineTune.Cmdlets;

/// <summary>When and how a task runs, as parameters.</summary>
public abstract class ScheduleCmdlet : FineTuneCmdlet
{
    /// <summary>Time of day, local, such as 02:30.</summary>
    [Parameter(Mandatory = true)]
    public TimeSpan At { get; set; }

    /// <summary>Days that it runs on, such as Monday, Thursday; without it every day.</summary>
    [Parameter]
    public DayOfWeek[] DaysOfWeek { get; set; } = [];

    /// <summary>Day of the month that it runs on, 1 to 28; without it every day.</summary>
    [Parameter]
    public int? DayOfMonth { get; set; }

    /// <summary>Hours from one run to the next, -At being one of the times: 1, 2, 3, 4, 6, 8 or 12; without it once a day.</summary>
    [Parameter]
    public int? EveryHours { get; set; }

    /// <summary>Each run begins up to this much later, by chance, so that not all machines begin at once.</summary>
    [Parameter]
    public TimeSpan RandomDelay { get; set; }

    /// <summary>A run is ended after this time, such as 06:00; without it never.</summary>
    [Parameter]
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>Do not make up for a run that was missed while the machine was off; without it that is done at the next start.</summary>
    [Parameter]
    public SwitchParameter SkipMissed { get; set; }

    /// <summary>The account it runs as: any with TaskScheduler, run from an elevated prompt, and with SystemdSystem; without it the one that registers, or root.</summary>
    [Parameter]
    public string? User { get; set; }

    /// <summary>Run only while the account is logged on, which takes no elevated prompt; for TaskScheduler alone.</summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

    /// <summary>The pwsh that runs it; without it the one of this session, else the first on PATH.</summary>
    [Parameter]
    public string? PowerShellPath { get; set; }

    private protected static SchedulerMachine Machine => new();

    private protected TaskRequest Request(string settings, string? name, SchedulerSpec? kind) => new()
    {
        Settings = GetUnresolvedProviderPathFromPSPath(settings), Name = name, Kind = kind, User = User, Interactive = Interactive,
        PowerShell = FullPath(PowerShellPath),
        Module = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!, "PSFineTune.psd1"),
        Schedule = new()
        {
            At = At, DaysOfWeek = DaysOfWeek, DayOfMonth = DayOfMonth, EveryHours = EveryHours, RandomDelay = RandomDelay, TimeLimit = TimeLimit, SkipMissed = SkipMissed,
        },
    };
}

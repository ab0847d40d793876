using System.Management.Automation;
using PSFineTune.Ledger;

namespace PSFineTune.Cmdlets;

/// <summary>Lists the entries of a ledger, the newest first: who ran and published what, with which script, data and result.</summary>
/// <remarks>-First, -Skip and -IncludeTotalCount page through many; without filters only what is shown is read. A line that is no entry is passed over with a warning; Test-FineTuneLedger says what is wrong with it.</remarks>
/// <example>
/// <code>Get-FineTuneLedger -First 10</code>
/// What happened last in the workspace.
/// </example>
/// <example>
/// <code>Get-FineTuneLedger -Event Run -Since (Get-Date).AddDays(-7) | Format-Table Time, User, Script, ExitCode</code>
/// The runs of a week.
/// </example>
/// <example>
/// <code>(Get-FineTuneLedger -First 1).Plan | ConvertFrom-Json</code>
/// The plan of the last run.
/// </example>
[Cmdlet(VerbsCommon.Get, "FineTuneLedger", DefaultParameterSetName = OfWorkspace, SupportsPaging = true), OutputType(typeof(LedgerEntry))]
public sealed class GetFineTuneLedgerCommand : LedgerCmdlet
{
    /// <summary>Only these events, such as Run, Task or Publish; wildcards allowed.</summary>
    [Parameter, SupportsWildcards, ArgumentCompleter(typeof(EventNames))]
    public string[]? Event { get; set; }

    /// <summary>Only entries of these tasks; wildcards allowed.</summary>
    [Parameter, SupportsWildcards]
    public string[]? Task { get; set; }

    /// <summary>Only entries of this time and later, by the clock of the machine that wrote them.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    protected override void Process()
    {
        var ledger = Ledger;
        if (ParameterSetName == OfPath && !ledger.Exists) throw Fault.NoLedger(ledger.Path);
        var all = Event is null && Task is null && Since is null;
        if (PagingParameters.IncludeTotalCount) WriteObject(PagingParameters.NewTotalCount((ulong)(all ? ledger.Count() : Found(ledger).LongCount()), 1));
        var (skip, first) = ((int)Math.Min(PagingParameters.Skip, int.MaxValue), (int)Math.Min(PagingParameters.First, int.MaxValue));
        WriteObject((all ? ledger.Read(skip: skip) : Found(ledger).Skip(skip)).Take(first), enumerateCollection: true);
    }

    IEnumerable<LedgerEntry> Found(LedgerFile ledger) => ledger.Read().Where(entry => (Since is null || entry.Time >= Since) && Is(Event, entry.Event) && Is(Task, entry.Task));

    static bool Is(string[]? wanted, string value) => wanted is null || wanted.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(value));
}

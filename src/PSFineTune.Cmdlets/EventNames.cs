using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the events that the module itself writes into a ledger.</summary>
public sealed class EventNames : NameCompleter
{
    static readonly string[] s_events = ["Comparison", "Force", "Publish", "Run", "Task", "Undo"];

    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        Plain(s_events);
}

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Scheduling;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of registered tasks; the tooltip says when they run.</summary>
public sealed class TaskNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given) =>
        new TaskRegistration(new(), _ => { }).All(null).Select(task => Told(task.Name, $"{task.Kind}, {task.Schedule}"));
}

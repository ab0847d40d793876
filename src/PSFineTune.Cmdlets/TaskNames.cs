using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Scheduling;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of registered tasks; the tooltip says when they run.</summary>
public sealed class TaskNames : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from task in new TaskRegistration(new(), _ => { }).All(null)
        where task.Name.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(task.Name.Contains(' ') ? $"'{task.Name}'" : task.Name, task.Name, CompletionResultType.ParameterValue, $"{task.Kind}, {task.Schedule}");
}

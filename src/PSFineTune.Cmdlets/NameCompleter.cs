using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PSFineTune.Cmdlets;

/// <summary>Completes names: those that begin with what is typed, whatever quotes it stands in.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        All(commandAst, fakeBoundParameters).Where(one => one.ListItemText.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase));

    /// <summary>All that there are, in the order in which they are offered.</summary>
    /// <param name="command">That is being typed.</param>
    /// <param name="given">Its other parameters, as far as they are typed.</param>
    private protected abstract IEnumerable<CompletionResult> All(CommandAst command, IDictionary given);

    private protected static IEnumerable<CompletionResult> Plain(IEnumerable<string> names) => names.Select(name => new CompletionResult(name));

    // In quotes where it is several words.
    private protected static CompletionResult Told(string name, string tip) => new(name.Contains(' ') ? $"'{name}'" : name, name, CompletionResultType.ParameterValue, tip);
}

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of a catalog: ops, architectures, optimizers, recipes.</summary>
public sealed class CatalogNames<T> : IArgumentCompleter where T : class
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from name in Catalog<T>.Names
        where name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(name);
}

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of a catalog: ops, architectures, optimizers, recipes; the tooltip lists their settings.</summary>
public sealed class CatalogNames<T> : IArgumentCompleter where T : class
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from type in Catalog<T>.Types
        where type.Name.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(type.Name, type.Name, CompletionResultType.ParameterValue, Described(type));

    static string Described(Type type) =>
        string.Join(", ", CatalogSettings.Of(type).Select(setting => setting.Name)) is { Length: > 0 } settings ? $"{type.Name}: {settings}" : type.Name;
}

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Pretrained;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of published weights and of the architectures that they are of.</summary>
public sealed class PretrainedNames : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        PretrainedCatalog.Names.Where(name => name.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)).Select(name => new CompletionResult(name));
}

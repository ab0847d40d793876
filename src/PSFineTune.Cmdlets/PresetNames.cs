using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>Completes the names of pipelines.</summary>
public sealed class PresetNames : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from name in AugmentPreset.Names
        where name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)
        select new CompletionResult(name, name, CompletionResultType.ParameterValue, $"{name}: {AugmentPreset.PurposeOf(name)}");
}

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Completes layer groups, then parameter names, of the plan given by -Plan; known without loading the tensor library.</summary>
public sealed class LayerNames : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var names = fakeBoundParameters["Plan"] is { } given && LanguagePrimitives.TryConvertTo<TrainingPlan>(given, out var plan)
            ? plan.LayerRows(["*"]).SelectMany(row => new[] { row.Group, row.Name }).Distinct()
            : ["stem", "stage1", "stage2", "stage3", "stage4", "head"];
        return names.Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .OrderBy(name => name.Contains('.')).Select(name => new CompletionResult(name));
    }
}

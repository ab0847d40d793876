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
        var names = LanguagePrimitives.TryConvertTo<TrainingPlan>(fakeBoundParameters["Plan"] ?? PipedIn(commandAst), out var plan) && plan is not null
            ? plan.LayerRows(["*"]).SelectMany(row => new[] { row.Group, row.Name }).Distinct()
            : ["stem", "stage1", "stage2", "stage3", "stage4", "head"];
        return names.Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .OrderBy(name => name.Contains('.')).Select(name => new CompletionResult(name));
    }

    // $plan | Set-LayerLearningRate <tab>: only a plain variable is looked up, for completion must not run anything.
    static object? PipedIn(CommandAst command) =>
        command.Parent is PipelineAst { PipelineElements: [CommandExpressionAst { Expression: VariableExpressionAst variable }, ..] }
            ? ScriptBlock.Create(variable.Extent.Text).InvokeReturnAsIs() : null;
}

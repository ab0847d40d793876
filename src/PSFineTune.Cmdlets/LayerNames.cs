using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Completes layer groups, then parameter names, of the plan given by -Plan; known without loading the tensor library.</summary>
public sealed class LayerNames : NameCompleter
{
    private protected override IEnumerable<CompletionResult> All(CommandAst command, IDictionary given)
    {
        var names = LanguagePrimitives.TryConvertTo<TrainingPlan>(given["Plan"] ?? PipedIn(command), out var plan) && plan is not null
            ? plan.LayerRows(["*"]).SelectMany(row => new[] { row.Group, row.Name }).Distinct()
            : ["stem", "stage1", "stage2", "stage3", "stage4", "head"];
        return Plain(names.OrderBy(name => name.Contains('.')));
    }

    // $plan | Set-LayerLearningRate <tab>: only a plain variable is looked up, for completion must not run anything.
    static object? PipedIn(CommandAst command) =>
        command.Parent is PipelineAst { PipelineElements: [CommandExpressionAst { Expression: VariableExpressionAst variable }, ..] }
            ? ScriptBlock.Create(variable.Extent.Text).InvokeReturnAsIs() : null;
}

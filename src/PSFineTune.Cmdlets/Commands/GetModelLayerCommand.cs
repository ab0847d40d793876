using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Lists a plan's parameters from input to output: layer group, name, shape, count, whether it trains and how fast.</summary>
/// <remarks>The rows are known from the architecture; no weights are loaded.</remarks>
/// <example>
/// <code>$plan | Get-ModelLayer</code>
/// Every parameter.
/// </example>
/// <example>
/// <code>$plan | Get-ModelLayer head, stage1</code>
/// Those of two layer groups.
/// </example>
/// <example>
/// <code>$plan | Get-ModelLayer | Group-Object Group | Select-Object Name, Count</code>
/// How many parameters each layer group has.
/// </example>
[Cmdlet(VerbsCommon.Get, "ModelLayer"), OutputType(typeof(ModelLayer))]
public sealed class GetModelLayerCommand : FineTuneCmdlet
{
    /// <summary>The plan whose model it is.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public TrainingPlan Plan { get; set; } = null!;

    /// <summary>Layer groups or parameter names; wildcards allowed.</summary>
    [Parameter(Position = 0), ArgumentCompleter(typeof(LayerNames))]
    [SupportsWildcards]
    public string[] Layer { get; set; } = ["*"];

    protected override void Process() => WriteObject(Plan.LayerRows(Layer), enumerateCollection: true);
}

using System.Management.Automation;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Lists the parameters of a plan or a trained model from input to output: layer group, name, shape, count, whether it trains and how fast.</summary>
/// <remarks>The rows are known from the architecture; no weights are loaded.</remarks>
/// <example>
/// <code>$plan | Get-ModelLayer</code>
/// Every parameter.
/// </example>
/// <example>
/// <code>Get-ModelLayer head, stage1 -Model ./clothing.psft</code>
/// Those of two layer groups, as a package's model was trained.
/// </example>
/// <example>
/// <code>$plan | Get-ModelLayer | Group-Object Group | Select-Object Name, Count</code>
/// How many parameters each layer group has.
/// </example>
[Cmdlet(VerbsCommon.Get, "ModelLayer", DefaultParameterSetName = "Plan"), OutputType(typeof(ModelLayer))]
public sealed class GetModelLayerCommand : FineTuneCmdlet
{
    /// <summary>The plan whose model it is.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Plan")]
    public TrainingPlan Plan { get; set; } = null!;

    /// <summary>A run, a run's id, a package or its path, or store:name; its layers as they were trained.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Model")]
    public object Model { get; set; } = null!;

    /// <summary>Layer groups or parameter names; wildcards allowed.</summary>
    [Parameter(Position = 0), ArgumentCompleter(typeof(LayerNames))]
    [SupportsWildcards]
    public string[] Layer { get; set; } = ["*"];

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter(ParameterSetName = "Model")]
    public string? Workspace { get; set; }

    protected override void Process()
    {
        var plan = ParameterSetName == "Plan" ? Plan : TrainedModel.From(Given(Model), WorkspacePath(Workspace)).Described.Plan;
        WriteObject(plan.LayerRows(Layer), enumerateCollection: true);
    }
}

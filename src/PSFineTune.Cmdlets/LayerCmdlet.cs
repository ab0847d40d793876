using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that adds layer rules to a plan and passes on the new plan; the one piped in is left as it was.</summary>
public abstract class LayerCmdlet : FineTuneCmdlet
{
    /// <summary>The plan to change.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public TrainingPlan Plan { get; set; } = null!;

    /// <summary>Layer groups or parameter names; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0), ArgumentCompleter(typeof(LayerNames))]
    [SupportsWildcards]
    public string[] Layer { get; set; } = [];

    protected abstract LayerRule RuleFor(string pattern);

    protected override void Process() => WriteObject(Plan.WithLayers(Layer.Select(RuleFor)));
}

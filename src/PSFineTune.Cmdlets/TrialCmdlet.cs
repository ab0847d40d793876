using System.Management.Automation;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>What tries a plan on a copy, given as a plan or as a dataset and a model with the same settings as New-FineTunePlan.</summary>
public abstract class TrialCmdlet : PlanCmdlet
{
    protected const string FromPlan = "Plan";

    /// <summary>What to try, from New-FineTunePlan; settings given here override it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FromPlan)]
    public TrainingPlan Plan { get; set; } = null!;

    /// <summary>Folder that a run would write to; nothing is written there. The default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    private protected override string InWorkspace => WorkspacePath(Workspace);

    // New-FineTunePlan has said the warnings of a plan that is piped in.
    private protected TrainingPlan GivenPlan()
    {
        if (ParameterSetName != FromDataset) return WithSettings(Plan);
        var plan = NewPlan();
        foreach (var warning in PlanStart.Warnings(plan)) WriteWarning(warning);
        return plan;
    }
}

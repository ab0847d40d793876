using System.Management.Automation;
using PSFineTune.Pictures;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Suggests a learning rate for a plan: the rate grows from step to step on a copy, and the loss tells where it is right.</summary>
/// <remarks>The learning-rate range test of Smith (2015), with the rules of fastai's lr_find. It works on a network of its own: nothing is written, and a run after it is, bit for bit, the run without it. Layers keep their proportions. A linear probe that the plan begins with plays no part: the output layer begins from noise here, so that of such a plan the rate is rather too high than too low.</remarks>
/// <example>
/// <code>$plan | Find-LearningRate</code>
/// Suggestion, steepest place and a tenth of the minimum.
/// </example>
/// <example>
/// <code>New-FineTunePlan ResNet20 -Dataset $data -LearningRate ($plan | Find-LearningRate).Suggestion</code>
/// A plan with the suggested rate.
/// </example>
/// <example>
/// <code>$plan | Find-LearningRate -Path rates.png -PassThru | Invoke-FineTune</code>
/// Draws the curve and runs the plan at the suggested rate.
/// </example>
[Cmdlet(VerbsCommon.Find, "LearningRate", DefaultParameterSetName = FromPlan, SupportsShouldProcess = true), OutputType(typeof(LearningRateCurve), typeof(TrainingPlan))]
public sealed class FindLearningRateCommand : TrialCmdlet
{
    /// <summary>The first learning rate, above 0.</summary>
    [Parameter]
    public double Start { get; set; } = new LearningRateSearch().Start;

    /// <summary>The last learning rate, above -Start.</summary>
    [Parameter]
    public new double End { get; set; } = new LearningRateSearch().End;

    /// <summary>Steps at most, 20 or more; the test ends early where the loss rises to four times its least.</summary>
    [Parameter]
    public int Steps { get; set; } = new LearningRateSearch().Steps;

    /// <summary>A file for the curve: .png, .jpg, .webp, or .html with the numbers in it.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Draw the curve in the characters of the terminal.</summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <summary>Write the plan with the suggested rate as output, in place of the curve.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        if (Path is not null) GridDrawing.CheckFormat(Path);
        var plan = GivenPlan();
        var curve = new TrialNarrator(this, Cancelled).Find(new(Start, End, Steps), plan, GivenData(), InWorkspace);
        if (Show) Screen.Show(new RateDrawing(curve), this, TerminalKind.Auto);
        if (Path is not null && GetUnresolvedProviderPathFromPSPath(Path) is var file && ShouldProcess(file, "Write curve")) new RateDrawing(curve).Save(file);
        WriteObject(PassThru ? curve.Apply(plan) : curve);
    }
}

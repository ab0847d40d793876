using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>Up to the plan's learning rate along a line, then constant; torch.optim.lr_scheduler.LinearLR, stepped at every step.</summary>
public sealed record LinearWarmup : ScheduleSpec
{
    /// <summary>Factor of the first step, above 0, to 1.</summary>
    public double StartFactor { get; init; } = 1.0 / 3;

    /// <summary>Epochs until the full rate, which may be parts of one; above 0. PyTorch's total_iters is this in steps, rounded.</summary>
    public double Epochs { get; init; } = 1;

    internal override void Validate()
    {
        PlanCheck.Require(StartFactor is > 0 and <= 1, nameof(StartFactor), StartFactor, "above 0, to 1");
        PlanCheck.Require(Epochs is > 0 and < double.PositiveInfinity, nameof(Epochs), Epochs, "a number above 0");
    }

    private protected override double FactorAt(Moment moment)
    {
        var warm = Math.Max(1, Math.Round(Epochs * moment.StepsPerEpoch));
        return StartFactor + (1 - StartFactor) * Math.Min(moment.Step - 1, warm) / warm;
    }
}

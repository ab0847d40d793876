using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>Multiplies the learning rate by <see cref="Gamma"/> every few epochs; torch.optim.lr_scheduler.StepLR.</summary>
public sealed record Step : ScheduleSpec
{
    /// <summary>Epochs from one multiplication to the next, 1 or above.</summary>
    public int StepSize { get; init; } = 2;

    /// <summary>Above 0, to 1.</summary>
    public double Gamma { get; init; } = 0.1;

    internal override void Validate()
    {
        PlanCheck.Require(StepSize >= 1, nameof(StepSize), StepSize, "1 or above, in epochs");
        PlanCheck.Require(Gamma is > 0 and <= 1, nameof(Gamma), Gamma, "above 0, to 1");
    }

    private protected override double FactorAt(Moment moment) => Math.Pow(Gamma, moment.Done / StepSize);
}

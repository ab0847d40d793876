using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>Multiplies the learning rate by <see cref="Gamma"/> after every epoch; torch.optim.lr_scheduler.ExponentialLR.</summary>
public sealed record Exponential : ScheduleSpec
{
    /// <summary>Above 0, to 1.</summary>
    public double Gamma { get; init; } = 0.9;

    internal override void Validate() => PlanCheck.Require(Gamma is > 0 and <= 1, nameof(Gamma), Gamma, "above 0, to 1");

    private protected override double FactorAt(Moment moment) => Math.Pow(Gamma, moment.Done);
}

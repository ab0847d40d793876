using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>
/// Down towards 0 at the end of the run, along a power of what is left of it; torch.optim.lr_scheduler.PolynomialLR with
/// total_iters of the run's steps. The 0 itself comes after the last step.
/// </summary>
public sealed record Polynomial : ScheduleSpec
{
    /// <summary>1 for a line; above 0.</summary>
    public double Power { get; init; } = 1;

    internal override void Validate() => PlanCheck.Require(Power is > 0 and < double.PositiveInfinity, nameof(Power), Power, "a number above 0");

    private protected override double FactorAt(Moment moment) => Math.Pow(1 - (double)(moment.Step - 1) / moment.Steps, Power);
}

namespace PSFineTune.Schedules;

/// <summary>The same learning rate at every step.</summary>
public sealed record Constant : ScheduleSpec
{
    private protected override double FactorAt(Moment moment) => 1;
}

namespace PSFineTune.Schedules;

/// <summary>The same learning rate at every step.</summary>
public sealed record Constant : ScheduleSpec
{
    public override double At(int step, int steps, int stepsPerEpoch) => 1;
}

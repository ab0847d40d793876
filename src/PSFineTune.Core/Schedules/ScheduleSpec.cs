namespace PSFineTune.Schedules;

/// <summary>
/// How learning rates change over a run: a pure function of the step and of the epochs that are done, so a resumed run goes
/// on exactly. Where PyTorch has the schedule, the factor is its get_last_lr() / base_lr at that step.
/// </summary>
public abstract record ScheduleSpec
{
    /// <summary>No factor is smaller: one that reaches 0 would waste its steps.</summary>
    public const double Least = 1e-12;

    /// <summary>Refuses settings that are out of range.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal virtual void Validate() { }

    /// <summary>Factor on every learning rate, above 0 for every step.</summary>
    public double At(Moment moment) => Math.Max(Least, FactorAt(moment));

    /// <summary>The schedule's formula.</summary>
    private protected abstract double FactorAt(Moment moment);
}

namespace PSFineTune.Schedules;

/// <summary>How learning rates change over a run: a pure function of the step, so a resumed run goes on exactly.</summary>
public abstract record ScheduleSpec
{
    /// <summary>Refuses settings that are out of range.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal virtual void Validate() { }

    /// <summary>Factor on every learning rate, above 0 for every step.</summary>
    /// <param name="step">From 1, so that no step is wasted at zero.</param>
    /// <param name="steps">Of the whole run.</param>
    /// <param name="stepsPerEpoch">Of one epoch.</param>
    public abstract double At(int step, int steps, int stepsPerEpoch);
}

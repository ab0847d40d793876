namespace PSFineTune.Training.Averages;

/// <summary>A second set of weights that follows the trained ones and is judged and kept in their place.</summary>
public abstract record WeightAverage
{
    /// <summary>Refuses settings that are out of range.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal virtual void Validate() { }

    /// <summary>What part of the average the weights after a step become: 1 makes it a copy of them, 0 leaves it.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="steps">Of the whole run.</param>
    /// <param name="stepsPerEpoch">Of one epoch.</param>
    internal abstract double Share(int step, int steps, int stepsPerEpoch);
}

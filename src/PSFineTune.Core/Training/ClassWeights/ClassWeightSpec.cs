namespace PSFineTune.Training.ClassWeights;

/// <summary>How much a sample of each class counts in the loss.</summary>
public abstract record ClassWeightSpec
{
    /// <summary>Refuses settings that are out of range.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal virtual void Validate() { }

    /// <summary>The weight of each class, above 0.</summary>
    /// <param name="classes">Names, in order.</param>
    /// <param name="counts">Training samples of each, above 0.</param>
    /// <exception cref="FineTuneException">UnknownClass.</exception>
    internal abstract double[] Of(IReadOnlyList<string> classes, IReadOnlyList<int> counts);
}

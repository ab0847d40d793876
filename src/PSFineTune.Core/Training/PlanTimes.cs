namespace PSFineTune.Training;

/// <summary>Seconds of a run's parts, as they were measured.</summary>
/// <param name="Preparation">Of what comes once, before the first epoch.</param>
/// <param name="Steps">Of each step, with images of the full size.</param>
/// <param name="Validation">Of the whole validation split.</param>
/// <param name="Share">Of that time, which steps take in the mean: less where images grow.</param>
sealed record PlanTimes(double Preparation, IReadOnlyList<double> Steps, double Validation, double Share = 1)
{
    /// <summary>What the run will take, its steps and epochs as the estimate has them.</summary>
    public PlanEstimate AddTo(PlanEstimate estimate, int stepsPerEpoch)
    {
        var (half, most) = (Quantile(0.5), Quantile(0.9));
        return estimate with
        {
            TimedSteps = Steps.Count,
            StepSecondsP50 = half,
            StepSecondsP90 = most,
            ValidationSeconds = Validation,
            PreparationSeconds = Preparation,
            SecondsPerEpoch = stepsPerEpoch * Share * half + Validation,
            DurationLow = Duration(half),
            DurationHigh = Duration(most),
        };

        TimeSpan Duration(double step) => TimeSpan.FromSeconds(Preparation + estimate.Steps * Share * step + estimate.Epochs * Validation);
    }

    double Quantile(double share)
    {
        var sorted = Steps.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var (low, high) = (sorted[(int)place], sorted[Math.Min((int)place + 1, sorted.Length - 1)]);
        return low + (high - low) * (place - (int)place);
    }
}

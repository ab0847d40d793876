namespace PSFineTune.Training;

/// <summary>What a learning-rate range test found: the loss while the rate grows, and the rates that it suggests.</summary>
public sealed record LearningRateCurve
{
    /// <summary>Architecture that was tried.</summary>
    public string Model { get; init; } = "";

    /// <summary>A third into the longest valley, and a little: where the loss has been falling for long and is still falling.</summary>
    public double Suggestion { get; init; }

    /// <summary>Where the loss falls fastest.</summary>
    public double Steep { get; init; }

    /// <summary>A tenth of the rate with the least loss.</summary>
    public double MinimumOverTen { get; init; }

    /// <summary>The test ended before its last rate, for the loss rose to four times its least or was no number any more.</summary>
    public bool Diverged { get; init; }

    /// <summary>Of every step, rates rising.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The plan at the suggested rate; rates that layers have of their own keep their proportion to it.</summary>
    internal TrainingPlan Apply(TrainingPlan plan)
    {
        var factor = Suggestion / plan.Optimizer.LearningRate;
        return (plan with
        {
            Optimizer = plan.Optimizer with { LearningRate = Suggestion },
            Layers = [.. plan.Layers.Select(rule => rule with { LearningRate = rule.LearningRate * factor })],
        }).Checked();
    }
}

namespace PSFineTune.Training.Averages;

/// <summary>
/// Exponential moving average of the weights and batch statistics after every step. Young averages forget faster, by
/// (1 + step) / (10 + step), as TensorFlow's and timm's do: noise of the first steps would stay for long otherwise.
/// </summary>
public sealed record Ema : WeightAverage
{
    /// <summary>What stays of the average in one step, 0 to below 1.</summary>
    public double Decay { get; init; } = 0.999;

    internal override void Validate() => PlanCheck.Require(Decay is >= 0 and < 1, nameof(Decay), Decay, "0 to below 1");

    internal override double Share(int step, int steps, int stepsPerEpoch) => 1 - Math.Min(Decay, (1.0 + step) / (10 + step));
}

namespace PSFineTune.Training.Averages;

/// <summary>
/// Stochastic weight averaging (Izmailov et al. 2018, https://arxiv.org/abs/1803.05407): the mean of the weights, and of the
/// batch statistics, at the ends of the last epochs. Until the first of them it is a copy of the weights.
/// </summary>
public sealed record Swa : WeightAverage
{
    /// <summary>Share of the epochs after which averaging begins, 0 to below 1.</summary>
    public double Start { get; init; } = 0.75;

    internal override void Validate() => PlanCheck.Require(Start is >= 0 and < 1, nameof(Start), Start, "0 to below 1");

    internal override double Share(int step, int steps, int stepsPerEpoch)
    {
        var averaged = step / stepsPerEpoch - (int)Math.Floor(Start * steps / stepsPerEpoch);
        return averaged <= 0 ? 1 : step % stepsPerEpoch == 0 ? 1.0 / averaged : 0;
    }
}

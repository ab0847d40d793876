using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>
/// Lowers the learning rate when the validation loss stops falling; torch.optim.lr_scheduler.ReduceLROnPlateau with mode
/// min. Epochs without validation say nothing.
/// </summary>
public sealed record ReduceOnPlateau : ScheduleSpec
{
    /// <summary>What the rate is multiplied by, above 0, to below 1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Epochs without a better loss that are let pass, 0 or above.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How much better than the best a loss must be to count, 0 or above; as a share, below 1.</summary>
    public double Threshold { get; init; } = 1e-4;

    public ThresholdMode ThresholdMode { get; init; } = ThresholdMode.Rel;

    /// <summary>Epochs after lowering in which none is counted, 0 or above.</summary>
    public int Cooldown { get; init; }

    /// <summary>The rate is not lowered under this factor, 0 to 1; PyTorch's min_lr as a share of the rate.</summary>
    public double MinFactor { get; init; }

    internal override void Validate()
    {
        PlanCheck.Require(Factor is > 0 and < 1, nameof(Factor), Factor, "above 0, to below 1");
        PlanCheck.Require(Patience >= 0, nameof(Patience), Patience, "0 or above, in epochs");
        PlanCheck.Require(Threshold >= 0 && Threshold < (ThresholdMode == ThresholdMode.Rel ? 1 : double.PositiveInfinity), nameof(Threshold), Threshold, "0 or above, and with ThresholdMode Rel below 1");
        PlanCheck.Require(Enum.IsDefined(ThresholdMode), nameof(ThresholdMode), ThresholdMode, "Rel or Abs");
        PlanCheck.Require(Cooldown >= 0, nameof(Cooldown), Cooldown, "0 or above, in epochs");
        PlanCheck.Require(MinFactor is >= 0 and <= 1, nameof(MinFactor), MinFactor, "0 to 1");
    }

    private protected override double FactorAt(Moment moment)
    {
        var (factor, best, bad, cooling) = (1.0, double.PositiveInfinity, 0, 0);
        foreach (var loss in moment.ValidationLosses.Where(loss => !double.IsNaN(loss)))
        {
            var better = loss < (ThresholdMode == ThresholdMode.Rel ? best * (1 - Threshold) : best - Threshold);
            if (better) best = loss;
            bad = better || cooling > 0 ? 0 : bad + 1;
            cooling = Math.Max(0, cooling - 1);
            if (bad <= Patience) continue;
            (factor, bad, cooling) = (Math.Max(MinFactor, factor * Factor), 0, Cooldown);
        }
        return factor;
    }
}

/// <summary>What a threshold is measured in: shares of the best loss, or losses.</summary>
public enum ThresholdMode { Rel, Abs }

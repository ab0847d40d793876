using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>
/// Up to the plan's learning rate and down again, far below where it began (Smith and Topin 2018,
/// https://arxiv.org/abs/1708.07120); torch.optim.lr_scheduler.OneCycleLR, whose max_lr is the plan's learning rate.
/// </summary>
public sealed record OneCycle : ScheduleSpec
{
    /// <summary>Share of the run's steps in which the rate rises, 0 to 1.</summary>
    public double PctStart { get; init; } = 0.3;

    /// <summary>The first rate is the highest over this; 1 or above.</summary>
    public double DivFactor { get; init; } = 25;

    /// <summary>The last rate is the first over this; 1 or above.</summary>
    public double FinalDivFactor { get; init; } = 1e4;

    public AnnealStrategy AnnealStrategy { get; init; } = AnnealStrategy.Cos;

    internal override void Validate()
    {
        PlanCheck.Require(PctStart is >= 0 and <= 1, nameof(PctStart), PctStart, "0 to 1");
        PlanCheck.Require(DivFactor is >= 1 and < double.PositiveInfinity, nameof(DivFactor), DivFactor, "1 or above");
        PlanCheck.Require(FinalDivFactor is >= 1 and < double.PositiveInfinity, nameof(FinalDivFactor), FinalDivFactor, "1 or above");
        PlanCheck.Require(Enum.IsDefined(AnnealStrategy), nameof(AnnealStrategy), AnnealStrategy, "Cos or Linear");
    }

    private protected override double FactorAt(Moment moment)
    {
        // PyTorch counts steps from 0, and the top is one step before the share's end.
        var (step, top, last) = (moment.Step - 1, PctStart * moment.Steps - 1, moment.Steps - 1);
        var (first, final) = (1 / DivFactor, 1 / DivFactor / FinalDivFactor);
        return step <= top ? Between(first, 1, Share(step, top)) : Between(1, final, Share(step - top, last - top));
    }

    double Between(double from, double to, double share) => AnnealStrategy == AnnealStrategy.Linear
        ? from + (to - from) * share
        : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));

    // A phase of no length is at its end.
    static double Share(double step, double steps) => steps == 0 ? 1 : step / steps;
}

/// <summary>How a rate goes from one value to another: along half a cosine or a line.</summary>
public enum AnnealStrategy { Cos, Linear }

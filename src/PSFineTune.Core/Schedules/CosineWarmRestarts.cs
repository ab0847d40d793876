using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>
/// Half cosines down to <see cref="Floor"/>, each begun anew at the full rate (Loshchilov and Hutter 2017,
/// https://arxiv.org/abs/1608.03983); torch.optim.lr_scheduler.CosineAnnealingWarmRestarts, stepped by parts of epochs.
/// </summary>
public sealed record CosineWarmRestarts : ScheduleSpec
{
    /// <summary>Epochs of the first cycle, 1 or above; PyTorch's T_0.</summary>
    public int FirstCycle { get; init; } = 1;

    /// <summary>How many times as long as the one before each cycle is, 1 or above; PyTorch's T_mult.</summary>
    public int Multiplier { get; init; } = 2;

    /// <summary>Factor that each cycle comes down to, 0 to 1; PyTorch's eta_min as a share of the rate.</summary>
    public double Floor { get; init; }

    internal override void Validate()
    {
        PlanCheck.Require(FirstCycle >= 1, nameof(FirstCycle), FirstCycle, "1 or above, in epochs");
        PlanCheck.Require(Multiplier >= 1, nameof(Multiplier), Multiplier, "1 or above");
        PlanCheck.Require(Floor is >= 0 and <= 1, nameof(Floor), Floor, "0 to 1");
    }

    private protected override double FactorAt(Moment moment)
    {
        var (within, cycle) = (moment.Progress, (double)FirstCycle);
        for (; within >= cycle; cycle *= Multiplier) within -= cycle;
        return Floor + (1 - Floor) * (1 + Math.Cos(Math.PI * within / cycle)) / 2;
    }
}

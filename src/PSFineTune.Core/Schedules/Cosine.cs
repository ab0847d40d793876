using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>Linear warm-up, then half a cosine down to <see cref="Floor"/> (Loshchilov and Hutter 2017, https://arxiv.org/abs/1608.03983, without restarts).</summary>
public sealed record Cosine : ScheduleSpec
{
    /// <summary>Share of the run's steps, 0 to below 1.</summary>
    public double Warmup { get; init; } = 0.05;

    /// <summary>Factor that the last step comes down to, 0 to 1.</summary>
    public double Floor { get; init; }

    internal override void Validate()
    {
        PlanCheck.Require(Warmup is >= 0 and < 1, nameof(Warmup), Warmup, "0 to below 1");
        PlanCheck.Require(Floor is >= 0 and <= 1, nameof(Floor), Floor, "0 to 1");
    }

    private protected override double FactorAt(Moment moment)
    {
        var (step, steps, warm) = (moment.Step, moment.Steps, Warmup * moment.Steps);
        // Half a step back, so that the last step still moves.
        return step < warm ? step / warm : Floor + (1 - Floor) * 0.5 * (1 + Math.Cos(Math.PI * (step - 0.5 - Math.Min(warm, step - 0.5)) / Math.Max(1, steps - warm)));
    }
}

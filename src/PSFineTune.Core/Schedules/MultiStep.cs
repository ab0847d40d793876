using PSFineTune.Augment;
using PSFineTune.Training;

namespace PSFineTune.Schedules;

/// <summary>Multiplies the learning rate by <see cref="Gamma"/> after certain epochs; torch.optim.lr_scheduler.MultiStepLR.</summary>
public sealed record MultiStep : ScheduleSpec
{
    /// <summary>Counts of epochs after which it is multiplied, rising.</summary>
    public Numbers Milestones { get; init; } = new(2, 4);

    /// <summary>Above 0, to 1.</summary>
    public double Gamma { get; init; } = 0.1;

    internal override void Validate()
    {
        PlanCheck.Require(Milestones.All(value => value >= 1 && value == Math.Floor(value)) && Milestones.Rises, nameof(Milestones), Milestones, "whole numbers of 1 or above that rise, in epochs");
        PlanCheck.Require(Gamma is > 0 and <= 1, nameof(Gamma), Gamma, "above 0, to 1");
    }

    private protected override double FactorAt(Moment moment) => Math.Pow(Gamma, Milestones.Values.Count(milestone => milestone <= moment.Done));
}

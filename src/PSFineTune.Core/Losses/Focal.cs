using PSFineTune.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Losses;

/// <summary>
/// Cross-entropy in which a class counts the less, the surer the network is of it (Lin and others 2017,
/// https://arxiv.org/abs/1708.02002, without alpha): -(1 - p)^gamma log p, weighted by the targets.
/// </summary>
public sealed record Focal : LossSpec
{
    /// <summary>0, which is cross-entropy, or above.</summary>
    public double Gamma { get; init; } = 2;

    internal override void Validate() => PlanCheck.Require(Gamma is >= 0 and < double.PositiveInfinity, nameof(Gamma), Gamma, "a number of 0 or above");

    internal override Tensor Of(Tensor logits, Tensor targets)
    {
        var logs = nn.functional.log_softmax(logits, 1);
        // Not 0 where the network is quite sure: there the slope of a power below 1 is not finite.
        using var least = 1e-12.ToScalar();
        using var gamma = Gamma.ToScalar();
        var doubt = logs.expm1().neg().clamp_min(least);
        return (targets * doubt.pow(gamma) * logs).sum(1).neg();
    }
}

using static TorchSharp.torch;

namespace PSFineTune.Losses;

/// <summary>What training makes small.</summary>
public abstract record LossSpec
{
    /// <summary>Refuses settings that are out of range.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal virtual void Validate() { }

    /// <summary>The loss of each sample, shape N.</summary>
    /// <param name="logits">N x classes.</param>
    /// <param name="targets">Class probabilities, N x classes.</param>
    internal abstract Tensor Of(Tensor logits, Tensor targets);
}

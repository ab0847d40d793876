using PSFineTune.Optimizers;
using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Losses;

/// <summary>Cross-entropy between the targets and the softmax of the logits, natural logarithm; torch.nn.CrossEntropyLoss.</summary>
public sealed record CrossEntropy : LossSpec
{
    /// <summary>Share of every target that is spread evenly over all classes, 0 to below 1 (Szegedy and others 2016, https://arxiv.org/abs/1512.00567).</summary>
    public double LabelSmoothing { get; init; }

    internal override void Validate() => PlanCheck.Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "0 to below 1");

    internal override Tensor Of(Tensor logits, Tensor targets)
    {
        var smooth = LabelSmoothing == 0 ? targets : targets.clone().Multiply(1 - LabelSmoothing).Add(LabelSmoothing / targets.shape[1]);
        return (smooth * nn.functional.log_softmax(logits, 1)).sum(1).neg();
    }
}

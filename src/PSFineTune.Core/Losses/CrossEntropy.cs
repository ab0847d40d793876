using static TorchSharp.torch;

namespace PSFineTune.Losses;

/// <summary>Cross-entropy between the targets and the softmax of the logits, natural logarithm.</summary>
public sealed record CrossEntropy : LossSpec
{
    internal override Tensor Of(Tensor logits, Tensor targets) =>
        (targets * nn.functional.log_softmax(logits, 1)).sum(1).neg();
}

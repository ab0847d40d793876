using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>torch.nn.utils.clip_grad_norm_: gradients that are together longer than a limit are shortened to it, all by one factor.</summary>
static class GradientClip
{
    /// <returns>Their length before.</returns>
    public static double Apply(IReadOnlyList<Tensor> gradients, double limit)
    {
        var length = Math.Sqrt(gradients.Sum(gradient => Math.Pow(gradient.Norm(), 2)));
        var factor = limit / (length + 1e-6);
        // A length that is no number makes the gradients so too: the run must end and not go on elsewhere.
        if (!(factor >= 1))
            foreach (var gradient in gradients) gradient.Multiply(factor);
        return length;
    }
}

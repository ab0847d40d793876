using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Models;

sealed partial class Classifier
{
    /// <summary>What layers of matrix products are computed in while it trains; its tensors, and evaluation, are float32.</summary>
    public Precision Precision { get; set; }

    /// <summary>Runs a layer of matrix products in the precision of now.</summary>
    /// <param name="x">Its input.</param>
    /// <param name="weight">Float32; cast anew in each pass, so that autograd casts its gradient back.</param>
    /// <param name="bias">As the weight; null for none.</param>
    /// <param name="layer">Of input, weight and bias.</param>
    /// <returns>In the precision of now: what lies between such layers moves half the memory, too.</returns>
    public Tensor Multiply(Tensor x, Tensor weight, Tensor? bias, Func<Tensor, Tensor, Tensor?, Tensor> layer)
    {
        if (!Training || Precision == Precision.Float32) return layer(x, weight, bias);
        using var scope = NewDisposeScope();
        return layer(x.bfloat16(), weight.bfloat16(), bias?.bfloat16()).MoveToOuterDisposeScope();
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>Sums and differences. The operators make a number that only TorchSharp knows of, which may be collected while libtorch reads it.</summary>
static class Sums
{
    public static Tensor Plus(this Tensor x, Tensor y)
    {
        using var one = 1.ToScalar();
        return x.add(y, one);
    }

    public static Tensor Minus(this Tensor x, Tensor y)
    {
        using var less = (-1).ToScalar();
        return x.add(y, less);
    }
}

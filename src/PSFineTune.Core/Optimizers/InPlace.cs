using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>Updates of a tensor by numbers: TorchSharp's own leave a number's native copy to the finalizer, thousands a second, which may free it while libtorch reads it.</summary>
static class InPlace
{
    /// <summary>target = target * factor</summary>
    public static Tensor Multiply(this Tensor target, double factor)
    {
        using var number = factor.ToScalar();
        return target.mul_(number);
    }

    /// <summary>target = target + number</summary>
    public static Tensor Add(this Tensor target, double number)
    {
        using var added = number.ToScalar();
        using var one = 1.ToScalar();
        return target.add_(added, one);
    }

    /// <summary>target = target + factor * other</summary>
    public static Tensor Add(this Tensor target, Tensor other, double factor)
    {
        using var number = factor.ToScalar();
        return target.add_(other, number);
    }

    /// <summary>target = target + factor * left * right</summary>
    public static Tensor AddProduct(this Tensor target, Tensor left, Tensor right, double factor)
    {
        using var number = factor.ToScalar();
        return target.addcmul_(left, right, number);
    }

    /// <summary>target = target + factor * left / right</summary>
    public static Tensor AddQuotient(this Tensor target, Tensor left, Tensor right, double factor)
    {
        using var number = factor.ToScalar();
        return target.addcdiv_(left, right, number);
    }

    /// <summary>The root of the sum of squares.</summary>
    public static double Norm(this Tensor of)
    {
        using var norm = of.norm();
        return norm.item<float>();
    }
}

namespace PSFineTune.Text.Svm;

/// <summary>How alike two samples are, as LIBSVM defines it.</summary>
public abstract record SvmKernel
{
    /// <summary>Number and name that LIBSVM has for it in model files.</summary>
    internal abstract string LibSvmName { get; }

    /// <summary>Of two samples, from their product and their lengths.</summary>
    /// <param name="product">Sum of the products of their values.</param>
    /// <param name="left">Sum of squares of the one.</param>
    /// <param name="right">Of the other.</param>
    internal abstract double Of(double product, double left, double right);
}

/// <summary>u'v</summary>
public sealed record LinearKernel : SvmKernel
{
    internal override string LibSvmName => "linear";

    internal override double Of(double product, double left, double right) => product;
}

/// <summary>exp(-gamma |u - v|^2)</summary>
public sealed record RbfKernel : SvmKernel
{
    /// <summary>Above 0.</summary>
    public double Gamma { get; init; } = 0.01;

    internal override string LibSvmName => "rbf";

    internal override double Of(double product, double left, double right) => Math.Exp(-Gamma * (left + right - 2 * product));
}

/// <summary>(gamma u'v + coef0)^degree</summary>
public sealed record PolynomialKernel : SvmKernel
{
    /// <summary>Above 0.</summary>
    public double Gamma { get; init; } = 0.01;

    /// <summary>Added to the product.</summary>
    public double Coef0 { get; init; }

    /// <summary>Whole, above 0.</summary>
    public int Degree { get; init; } = 3;

    internal override string LibSvmName => "polynomial";

    internal override double Of(double product, double left, double right)
    {
        var (result, power) = (1.0, Gamma * product + Coef0);
        for (var t = Degree; t > 0; t /= 2)
        {
            if (t % 2 == 1) result *= power;
            power *= power;
        }
        return result;
    }
}

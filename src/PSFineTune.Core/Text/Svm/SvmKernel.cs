namespace PSFineTune.Text.Svm;

/// <summary>How alike two samples are, as LIBSVM defines it.</summary>
public abstract record SvmKernel
{
    /// <summary>The name that LIBSVM has for it in model files.</summary>
    internal abstract string LibSvmName { get; }

    /// <summary>Of two samples, from their product and their lengths.</summary>
    /// <param name="product">Sum of the products of their values.</param>
    /// <param name="left">Sum of squares of the one.</param>
    /// <param name="right">Of the other.</param>
    internal abstract double Of(double product, double left, double right);

    /// <summary>Of one sample and many, in place of their products.</summary>
    /// <param name="products">By sample.</param>
    /// <param name="left">Sum of squares of the one.</param>
    /// <param name="right">Of the others.</param>
    internal virtual void OfAll(Span<double> products, double left, ReadOnlySpan<double> right)
    {
        for (var i = 0; i < products.Length; i++) products[i] = Of(products[i], left, right[i]);
    }

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal virtual void Validate() { }
}

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
}

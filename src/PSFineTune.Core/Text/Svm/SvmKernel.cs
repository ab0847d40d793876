using PSFineTune.Models.Onnx;

namespace PSFineTune.Text.Svm;

/// <summary>How alike two samples are, as LIBSVM defines it.</summary>
public abstract record SvmKernel
{
    // What float32 rows and sums of millions of them hold with room to spare.
    const double Largest = 1e30;

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

    /// <summary>Refuses samples of which two may be more alike than can be reckoned with.</summary>
    /// <exception cref="FineTuneException">ValuesTooLarge.</exception>
    internal void Refuse(SparseRows samples)
    {
        for (var row = 0; row < samples.Count; row++)
        {
            // No product is further from 0 than the longest sample's square.
            var square = samples.Square(row);
            if (!(Math.Abs(Of(square, square, square)) <= Largest && Math.Abs(Of(-square, square, square)) <= Largest)) throw Fault.ValuesTooLarge(row + 1, square);
        }
    }

    /// <summary>Adds the same to a graph.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="products">Name of u'v, texts x support vectors.</param>
    /// <param name="distances">Adds the squares of their distances, as many.</param>
    /// <returns>Name of the kernel's values, as many.</returns>
    internal abstract string Export(OnnxDoubles graph, string products, Func<string> distances);
}

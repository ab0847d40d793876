using PSFineTune.Models.Onnx;

namespace PSFineTune.Text.Svm;

/// <summary>u'v</summary>
public sealed record LinearKernel : SvmKernel
{
    internal override string LibSvmName => "linear";

    internal override double Of(double product, double left, double right) => product;

    internal override void OfAll(Span<double> products, double left, ReadOnlySpan<double> right) { }

    internal override string Export(OnnxDoubles graph, string products, Func<string> distances) => products;
}

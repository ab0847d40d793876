using PSFineTune.Models.Onnx;
using PSFineTune.Training;

namespace PSFineTune.Text.Svm;

/// <summary>exp(-gamma |u - v|^2)</summary>
public sealed record RbfKernel : SvmKernel
{
    /// <summary>Above 0.</summary>
    public double Gamma { get; init; } = 0.01;

    internal override string LibSvmName => "rbf";

    internal override double Of(double product, double left, double right) => Math.Exp(-Gamma * (left + right - 2 * product));

    internal override void OfAll(Span<double> products, double left, ReadOnlySpan<double> right)
    {
        for (var i = 0; i < products.Length; i++) products[i] = -Gamma * (left + right[i] - 2 * products[i]);
        Exponential.OfAll(products);
    }

    internal override void Validate() => PlanCheck.Require(Gamma is > 0 and < double.PositiveInfinity, nameof(Gamma), Gamma, "a number above 0");

    internal override string Export(OnnxDoubles graph, string products, Func<string> distances) => graph.Op("Exp", graph.Op("Mul", distances(), graph.One(-Gamma)));
}

using PSFineTune.Models.Onnx;
using PSFineTune.Training;

namespace PSFineTune.Text.Svm;

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

    internal override void Validate()
    {
        PlanCheck.Require(Gamma is > 0 and < double.PositiveInfinity, nameof(Gamma), Gamma, "a number above 0");
        PlanCheck.Require(double.IsFinite(Coef0), nameof(Coef0), Coef0, "a number");
        PlanCheck.Require(Degree is >= 1 and <= 100, nameof(Degree), Degree, "1 to 100");
    }

    internal override string Export(OnnxDoubles graph, string products, Func<string> distances) =>
        graph.Op("Pow", graph.Op("Add", graph.Op("Mul", products, graph.One(Gamma)), graph.One(Coef0)), graph.One(Degree));
}

namespace PSFineTune.Text.Svm;

/// <summary>exp(-gamma |u - v|^2)</summary>
public sealed record RbfKernel : SvmKernel
{
    /// <summary>Above 0.</summary>
    public double Gamma { get; init; } = 0.01;

    internal override string LibSvmName => "rbf";

    internal override double Of(double product, double left, double right) => Math.Exp(-Gamma * (left + right - 2 * product));
}

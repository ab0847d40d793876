using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>What follows running means of the gradients and of their squares.</summary>
public abstract record AdamFamily : OptimizerSpec
{
    const string Mean = "exp_avg", Square = "exp_avg_sq";

    /// <summary>Decay of the mean of gradients, 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients, 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean of squares, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    internal sealed override IReadOnlyList<string> Slots => [Mean, Square];

    internal override void Validate()
    {
        base.Validate();
        PlanCheck.Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "0 to below 1");
        PlanCheck.Require(Beta2 is >= 0 and < 1, nameof(Beta2), Beta2, "0 to below 1");
        PlanCheck.Require(Epsilon is > 0 and < double.PositiveInfinity, nameof(Epsilon), Epsilon, "a number above 0");
    }

    /// <summary>Takes a gradient into both means.</summary>
    /// <returns>
    /// Adam's direction as a quotient and a factor. The correction of the squares is on Epsilon and the factor instead of on
    /// the squares, which is the same number and one pass over the parameter less.
    /// </returns>
    private protected (Tensor Above, Tensor Below, double Factor) Follow(ParameterState state, Tensor gradient)
    {
        var (mean, square) = (state[Mean], state[Square]);
        mean.Multiply(Beta1).Add(gradient, 1 - Beta1);
        square.Multiply(Beta2).AddProduct(gradient, gradient, 1 - Beta2);
        var root = Math.Sqrt(1 - Math.Pow(Beta2, state.Step));
        return (mean, square.sqrt().Add(Epsilon * root), root / (1 - Math.Pow(Beta1, state.Step)));
    }
}

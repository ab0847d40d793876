using PSFineTune.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Optimizers;

/// <summary>Gradients over the root of the running mean of their squares (Hinton, https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf); torch.optim.RMSprop.</summary>
public sealed record RMSprop : OptimizerSpec
{
    const string Square = "square_avg", Mean = "grad_avg", Buffer = "momentum_buffer";

    public RMSprop() => LearningRate = 0.01;

    /// <summary>Decay of the mean of squared gradients, 0 to below 1.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>Added to the root of the mean of squares, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>0 to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Divides by the estimated deviation of the gradients instead of their size.</summary>
    public bool Centered { get; init; }

    internal override IReadOnlyList<string> Slots => [Square, .. Centered ? [Mean] : Array.Empty<string>(), .. Momentum > 0 ? [Buffer] : Array.Empty<string>()];

    internal override void Validate()
    {
        base.Validate();
        PlanCheck.Require(Alpha is >= 0 and < 1, nameof(Alpha), Alpha, "0 to below 1");
        PlanCheck.Require(Epsilon is > 0 and < double.PositiveInfinity, nameof(Epsilon), Epsilon, "a number above 0");
        PlanCheck.Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 to below 1");
    }

    internal override OptimizerSpec WithMomentum(double momentum) => this with { Momentum = momentum };

    internal override void Update(ParameterState state, Tensor gradient, double learningRate)
    {
        AddDecay(state, gradient);
        var square = state[Square].Multiply(Alpha).AddProduct(gradient, gradient, 1 - Alpha);
        var below = Centered ? Variance(square, state[Mean].Multiply(Alpha).Add(gradient, 1 - Alpha)).sqrt_() : square.sqrt();
        below.Add(Epsilon);
        if (Momentum > 0) state.Parameter.Add(state[Buffer].Multiply(Momentum).AddQuotient(gradient, below, 1), -learningRate);
        else state.Parameter.AddQuotient(gradient, below, -learningRate);
    }

    // Rounding may bring it below 0 where the gradient stands still, and its root is then no number, in PyTorch too.
    static Tensor Variance(Tensor square, Tensor mean)
    {
        using var least = 0.ToScalar();
        return square.clone().AddProduct(mean, mean, -1).clamp_min_(least);
    }
}

using System.Text.Json;

namespace PSFineTune.Tests;

/// <summary>optim.json: what optim.py made.</summary>
sealed record OptimGolden
{
    public static OptimGolden Read { get; } = PixelGolden.Embedded<OptimGolden>("optim.json");

    /// <summary>A weight of 3 x 4, then a bias of 4.</summary>
    public IReadOnlyList<float> Start { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<float>> Gradients { get; init; } = [];

    public IReadOnlyList<OptimizerCase> Optimizers { get; init; } = [];

    public IReadOnlyList<Course> Schedules { get; init; } = [];

    public IReadOnlyList<LossCase> Losses { get; init; } = [];

    public IReadOnlyList<Clip> Clips { get; init; } = [];

    public sealed record OptimizerCase(JsonElement Optimizer, Dictionary<int, double[]> After);

    public sealed record Course(JsonElement Schedule, int Steps, int StepsPerEpoch, IReadOnlyList<double> Losses, IReadOnlyList<double> Factors);

    public sealed record LossCase(JsonElement Loss, float[] Logits, float[] Targets, double[] Values, double[] Slopes);

    public sealed record Clip(double Limit, double Length, double[] Clipped);
}

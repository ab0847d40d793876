namespace PSFineTune.Models;

/// <summary>What a tensor is to its model: learned, or kept beside what is learned (running statistics, counters).</summary>
enum TensorRole { Parameter, Buffer }

/// <summary>One tensor of a model, known without building it.</summary>
/// <param name="Name">Full name as in weight files, such as layer1.0.conv1.weight.</param>
/// <param name="Group">Layer group, such as stage1.</param>
/// <param name="Shape">As PyTorch prints it; weights are output channels first.</param>
/// <param name="Role">Parameter or buffer.</param>
sealed record TensorSpec(string Name, string Group, long[] Shape, TensorRole Role)
{
    /// <summary>Weight or bias of a batch norm.</summary>
    public bool IsNorm { get; init; }

    /// <summary>Weight of a fully connected layer.</summary>
    public bool IsLinear { get; init; }

    /// <summary>Names of the layers whose weights it holds one below the other, as many rows each; empty where it is one layer's.</summary>
    public IReadOnlyList<string> Packed { get; init; } = [];

    /// <summary>How the names of the two matrices end that low-rank adaptation multiplies.</summary>
    public const string Down = ".lora_A", Up = ".lora_B";

    /// <summary>One of those matrices.</summary>
    public bool IsFactor => IsFactorName(Name);

    public static bool IsFactorName(string name) => name.EndsWith(Down, StringComparison.Ordinal) || name.EndsWith(Up, StringComparison.Ordinal);

    public long Elements => Shape.Aggregate(1L, (product, side) => product * side);
}

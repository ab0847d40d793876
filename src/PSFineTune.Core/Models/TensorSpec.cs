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

    public long Elements => Shape.Aggregate(1L, (product, side) => product * side);
}

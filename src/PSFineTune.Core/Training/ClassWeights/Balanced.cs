namespace PSFineTune.Training.ClassWeights;

/// <summary>Samples / (classes * samples of the class), as scikit-learn's class_weight="balanced": each class counts as much as every other.</summary>
public sealed record Balanced : ClassWeightSpec
{
    internal override double[] Of(IReadOnlyList<string> classes, IReadOnlyList<int> counts) => [.. counts.Select(count => counts.Sum() / ((double)counts.Count * count))];
}

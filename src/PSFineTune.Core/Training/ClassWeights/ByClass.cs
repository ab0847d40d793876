namespace PSFineTune.Training.ClassWeights;

/// <summary>A weight for each class by name; classes that are not named weigh 1.</summary>
public sealed record ByClass : ClassWeightSpec
{
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    internal override void Validate()
    {
        foreach (var (name, weight) in Weights) PlanCheck.Require(weight is > 0 and < double.PositiveInfinity, $"ClassWeight of '{name}'", weight, "a number above 0");
    }

    internal override double[] Of(IReadOnlyList<string> classes, IReadOnlyList<int> counts)
    {
        if (Weights.Keys.FirstOrDefault(name => !classes.Contains(name)) is { } unknown) throw Fault.Unknown("class", unknown, classes);
        return [.. classes.Select(name => Weights.GetValueOrDefault(name, 1))];
    }

    public bool Equals(ByClass? other) => other is not null && Weights.Count == other.Weights.Count && Weights.All(pair => other.Weights.TryGetValue(pair.Key, out var weight) && weight == pair.Value);

    public override int GetHashCode() => Weights.Count;
}

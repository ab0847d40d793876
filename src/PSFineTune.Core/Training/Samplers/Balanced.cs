namespace PSFineTune.Training.Samplers;

/// <summary>Every class as often as every other: a class is drawn, then one of its samples, with replacement (PyTorch's WeightedRandomSampler with weights of 1 / count of the class).</summary>
public sealed record Balanced : SamplerSpec
{
    internal override int[] Order(int[] rows, Func<int, int> labelOf, RandomStream random)
    {
        var classes = rows.GroupBy(labelOf).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        return [.. rows.Select(_ => classes[random.Below(classes.Length)]).Select(group => group[random.Below(group.Length)])];
    }
}

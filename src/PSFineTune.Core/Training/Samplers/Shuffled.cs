namespace PSFineTune.Training.Samplers;

/// <summary>Every sample once, in random order.</summary>
public sealed record Shuffled : SamplerSpec
{
    internal override int[] Order(int[] rows, Func<int, int> labelOf, RandomStream random) => [.. random.Permutation(rows.Length).Select(i => rows[i])];
}

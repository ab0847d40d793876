using Xunit;

namespace PSFineTune.Tests;

public class RandomStreamTests
{
    [Fact]
    public void Is_a_function_of_its_key()
    {
        double[] First(int seed, int epoch, ulong sample, int position)
        {
            var stream = RandomStream.For(seed, epoch, sample, position);
            return [.. Enumerable.Range(0, 4).Select(_ => stream.NextDouble())];
        }

        Assert.Equal(First(1, 2, 3, 4), First(1, 2, 3, 4));
        Assert.All(new[] { First(2, 2, 3, 4), First(1, 3, 3, 4), First(1, 2, 4, 4), First(1, 2, 3, 5) }, other => Assert.NotEqual(First(1, 2, 3, 4), other));
    }

    [Fact]
    public void Is_uniform()
    {
        var stream = RandomStream.For(7, 1, "law");
        var bins = new int[20];
        for (var i = 0; i < 200_000; i++) bins[(int)(stream.NextDouble() * bins.Length)]++;
        // Chi-square with 19 degrees of freedom: 43.8 is its 0.999 quantile.
        Assert.InRange(bins.Sum(count => Math.Pow(count - 10_000, 2) / 10_000), 0, 43.8);
    }

    [Fact]
    public void Permutes_every_item_once() =>
        Assert.Equal(Enumerable.Range(0, 1000), RandomStream.For(7, 1, "order").Permutation(1000).Order());

    [Fact]
    public void Normal_has_mean_zero_and_variance_one()
    {
        var stream = RandomStream.For(7, 1, "normal");
        var values = Enumerable.Range(0, 100_000).Select(_ => stream.Normal()).ToArray();
        Assert.InRange(values.Average(), -0.02, 0.02);
        Assert.InRange(values.Average(value => value * value), 0.97, 1.03);
    }
}

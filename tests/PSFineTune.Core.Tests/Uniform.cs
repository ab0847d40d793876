namespace PSFineTune.Tests;

/// <summary>The test of Kolmogorov and Smirnov for even distribution from 0 to 1.</summary>
static class Uniform
{
    /// <summary>Fails a true one once in a thousand seeds; the seeds are fixed.</summary>
    public static void Assert(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var apart = sorted.Select((value, i) => Math.Max(Math.Abs(value - (double)i / sorted.Length), Math.Abs(value - (i + 1.0) / sorted.Length))).Max();
        Xunit.Assert.InRange(apart, 0, 1.95 / Math.Sqrt(sorted.Length));
    }
}

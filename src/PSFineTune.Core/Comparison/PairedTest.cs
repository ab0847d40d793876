namespace PSFineTune.Comparison;

/// <summary>Whether two models that judged the same samples differ by more than chance: McNemar's test (1947), exact.</summary>
static class PairedTest
{
    /// <summary>How probable a split at least as uneven is where both models are as good; 0 to 1, two-sided. Samples that both get right, or both wrong, tell nothing.</summary>
    /// <param name="first">Samples that only the first gets right.</param>
    /// <param name="second">Samples that only the second gets right.</param>
    public static double Chance(int first, int second)
    {
        var (all, fewer) = (first + second, Math.Min(first, second));
        // The binomial terms of 1/2, in logarithms: 2^-all is nothing as a double from 1075 on.
        var (log, sum) = (-all * Math.Log(2), 0.0);
        for (var count = 0; count <= fewer; count++)
        {
            sum += Math.Exp(log);
            log += Math.Log((all - count) / (count + 1.0));
        }
        return Math.Min(1, 2 * sum);
    }

    /// <summary>How probable it is, where both are as good, that the first is alone right at least so often; 0 to 1, one-sided.</summary>
    /// <param name="first">Samples that only the first gets right.</param>
    /// <param name="second">Samples that only the second gets right.</param>
    public static double ChanceOfFirst(int first, int second) => Metrics.BinomialLaw.AtLeast(first, first + second, 0.5);
}

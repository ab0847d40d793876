namespace PSFineTune.Imaging;

/// <summary>Weights of a normal distribution, exp(-x^2 / (2 sigma^2)) at whole x from the middle, summing to 1.</summary>
static class Bell
{
    /// <param name="size">How many, odd.</param>
    /// <param name="sigma">Pixels, above 0.</param>
    public static float[] Weights(int size, double sigma)
    {
        var weights = new double[size];
        for (var i = 0; i < size; i++) weights[i] = Math.Exp(-0.5 * Math.Pow((i - size / 2) / sigma, 2));
        var total = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / total));
    }

    /// <summary>The same in fixed point: sums to exactly <see cref="Taps.One"/>, so that an even area keeps its colour.</summary>
    public static short[] FixedWeights(int size, double sigma)
    {
        var exact = Weights(size, sigma);
        var weights = new short[size];
        double sum = 0;
        var done = 0;
        // From both ends to the middle, the running sum is rounded and not each weight: the error never adds up.
        for (var i = 0; i < size / 2; i++)
        {
            sum += exact[i];
            var until = (int)Math.Round(sum * Taps.One);
            weights[i] = weights[size - 1 - i] = (short)(until - done);
            done = until;
        }
        weights[size / 2] = (short)(Taps.One - 2 * done);
        return weights;
    }
}

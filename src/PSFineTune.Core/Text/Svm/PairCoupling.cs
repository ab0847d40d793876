namespace PSFineTune.Text.Svm;

/// <summary>
/// Probabilities of all classes from those of each pair: the second approach of Wu, Lin and Weng 2004, Probability estimates
/// for multi-class classification by pairwise coupling, with LIBSVM's bound of the iterations.
/// </summary>
static class PairCoupling
{
    /// <summary>By class, 1 in all.</summary>
    /// <param name="pairs">By [i, j]: the probability of i where it is i or j; [j, i] is the rest to 1.</param>
    public static double[] Combine(double[,] pairs)
    {
        var classes = pairs.GetLength(0);
        if (classes == 2) return [pairs[0, 1], pairs[1, 0]];
        var q = new double[classes, classes];
        for (var t = 0; t < classes; t++)
            for (var j = 0; j < classes; j++)
            {
                if (j == t) continue;
                q[t, t] += pairs[j, t] * pairs[j, t];
                q[t, j] = -pairs[j, t] * pairs[t, j];
            }
        double[] shares = [.. Enumerable.Repeat(1.0 / classes, classes)];
        var products = new double[classes];
        for (var round = 0; round < Math.Max(100, classes); round++)
        {
            var all = 0.0;
            for (var t = 0; t < classes; t++)
            {
                products[t] = 0;
                for (var j = 0; j < classes; j++) products[t] += q[t, j] * shares[j];
                all += shares[t] * products[t];
            }
            if (products.Max(product => Math.Abs(product - all)) < 0.005 / classes) break;
            for (var t = 0; t < classes; t++)
            {
                var step = (all - products[t]) / q[t, t];
                shares[t] += step;
                all = (all + step * (step * q[t, t] + 2 * products[t])) / ((1 + step) * (1 + step));
                for (var j = 0; j < classes; j++)
                {
                    products[j] = (products[j] + step * q[t, j]) / (1 + step);
                    shares[j] /= 1 + step;
                }
            }
        }
        return shares;
    }
}

namespace PSFineTune.Metrics;

/// <summary>
/// Temperature scaling (Guo, Pleiss, Sun and Weinberger 2017, On calibration of modern neural networks): logits, or logarithms of
/// probabilities, which differ from them by a constant, are divided by one number before their softmax. No class is chosen otherwise for it.
/// </summary>
static class TemperatureScaling
{
    /// <summary>The range of what is fitted.</summary>
    public const double Least = 0.01, Most = 100;

    // Sums are made of parts of fixed size in fixed order: threads change no bit of them.
    const int Part = 1024;

    const int Rounds = 100;

    /// <summary>Probabilities at another temperature.</summary>
    /// <param name="probabilities">At temperature 1, summing to 1; a zero counts as the least float above it.</param>
    /// <param name="temperature">Above 0; 1 leaves them as they are.</param>
    public static float[] Scale(ReadOnlySpan<float> probabilities, double temperature)
    {
        var scaled = probabilities.ToArray();
        if (temperature == 1) return scaled;
        var (best, total, powers) = (Best(probabilities), 0.0, new double[scaled.Length]);
        var most = Log(probabilities[best]);
        for (var index = 0; index < powers.Length; index++) total += powers[index] = Math.Exp((Log(probabilities[index]) - most) / temperature);
        for (var index = 0; index < powers.Length; index++) scaled[index] = (float)(powers[index] / total);
        // Neighbouring floats may become one; of equal ones the first would be chosen.
        if (Best(scaled) != best) scaled[best] = MathF.BitIncrement(scaled[best]);
        return scaled;
    }

    /// <summary>The temperature of least log loss. Where every sample is right there is none: targets a little below 1 decide then (Platt 1999).</summary>
    /// <param name="probabilities">Of samples that the model has not learned from, at temperature 1.</param>
    /// <param name="labels">Class index of each.</param>
    /// <param name="cancel">Checked in every round.</param>
    /// <returns><see cref="Least"/> to <see cref="Most"/>; 1 where nothing can be told, as of no samples, of one class, or where all are as probable.</returns>
    public static double Fit(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels, CancellationToken cancel = default)
    {
        if (labels.Count == 0 || probabilities[0].Length < 2) return 1;
        var right = Enumerable.Range(0, labels.Count).All(row => probabilities[row][labels[row]] == probabilities[row].Max());
        var share = right ? (labels.Count + 1.0) / (labels.Count + 2) : 1;
        // By the inverse of the temperature the loss is convex: its slope grows, and is 0 in one place.
        var (low, high, inverse) = (1 / Most, 1 / Least, 1.0);
        for (var round = 0; round < Rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var (slope, curve) = Slope(probabilities, labels, inverse, share);
            if (slope == 0) break;
            if (slope > 0) high = inverse;
            else low = inverse;
            var next = inverse - slope / curve;
            if (!(next > low && next < high)) next = Math.Sqrt(low * high);
            if (Math.Abs(next - inverse) <= 1e-13 * inverse) break;
            inverse = next;
        }
        return Math.Clamp(1 / inverse, Least, Most);
    }

    // First and second derivative of the summed log loss.
    static (double Slope, double Curve) Slope(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels, double inverse, double share)
    {
        var parts = new (double Slope, double Curve)[(labels.Count + Part - 1) / Part];
        Parallel.For(0, parts.Length, part =>
        {
            for (var row = part * Part; row < Math.Min((part + 1) * Part, labels.Count); row++)
            {
                var (mean, variance, target) = Moments(probabilities[row], labels[row], inverse, share);
                parts[part] = (parts[part].Slope + mean - target, parts[part].Curve + variance);
            }
        });
        return (parts.Sum(part => part.Slope), parts.Sum(part => part.Curve));
    }

    static (double Mean, double Variance, double Target) Moments(float[] probabilities, int label, double inverse, double share)
    {
        var most = Log(probabilities[Best(probabilities)]);
        var (total, first, second, all) = (0.0, 0.0, 0.0, 0.0);
        foreach (var probability in probabilities)
        {
            var value = Log(probability) - most;
            var weight = Math.Exp(inverse * value);
            total += weight;
            first += weight * value;
            second += weight * value * value;
            all += value;
        }
        var (mean, own) = (first / total, Log(probabilities[label]) - most);
        return (mean, second / total - mean * mean, share * own + (1 - share) / (probabilities.Length - 1) * (all - own));
    }

    static int Best(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var index = 1; index < values.Length; index++)
            if (values[index] > values[best]) best = index;
        return best;
    }

    static double Log(float probability) => Math.Log(Math.Max(probability, float.Epsilon));
}

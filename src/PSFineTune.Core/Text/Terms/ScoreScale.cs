using System.Runtime.CompilerServices;

namespace PSFineTune.Text.Terms;

/// <summary>
/// Makes probabilities of decision values: softmax of scale x value, so that the class of the highest value is the most
/// probable one, and the scale is that of greatest likelihood on samples that nothing was learned from (temperature scaling;
/// Guo, Pleiss, Sun and Weinberger 2017, On calibration of modern neural networks).
/// </summary>
static class ScoreScale
{
    const double Least = 1e-3, Most = 1e3;

    // The golden section of an interval this wide to a thousandth of its logarithm.
    const int Rounds = 30;

    public static float[] Probabilities(ReadOnlySpan<double> decisions, double scale)
    {
        var (scores, most, total) = (new float[decisions.Length], double.NegativeInfinity, 0.0);
        foreach (var decision in decisions) most = Math.Max(most, decision);
        foreach (var decision in decisions) total += Math.Exp(scale * (decision - most));
        for (var label = 0; label < scores.Length; label++) scores[label] = (float)(Math.Exp(scale * (decisions[label] - most)) / total);
        return scores;
    }

    /// <summary>The scale for decision values whose classes are known; 1 where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Fit(IReadOnlyList<double[]> decisions, IReadOnlyList<int> labels)
    {
        if (labels.Count == 0) return 1;
        var (low, high, ratio) = (Math.Log(Least), Math.Log(Most), (Math.Sqrt(5) - 1) / 2);
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        // Where every sample is right, only targets a little below 1 keep the scale finite (Platt 1999).
        var (share, rest) = ((labels.Count + 1.0) / (labels.Count + 2), 1.0 / (labels.Count + 2) / Math.Max(1, decisions[0].Length - 1));
        var (losses, others) = (Loss(left), Loss(right));
        for (var round = 0; round < Rounds; round++)
            if (losses < others)
            {
                (high, right, others) = (right, left, losses);
                losses = Loss(left = high - ratio * (high - low));
            }
            else
            {
                (low, left, losses) = (left, right, others);
                others = Loss(right = low + ratio * (high - low));
            }
        return Math.Exp((low + high) / 2);

        double Loss(double logarithm)
        {
            var (scale, loss) = (Math.Exp(logarithm), 0.0);
            for (var row = 0; row < labels.Count; row++)
            {
                var (values, most, total) = (decisions[row], decisions[row].Max(), 0.0);
                foreach (var value in values) total += Math.Exp(scale * (value - most));
                loss += Math.Log(total) - scale * (share * (values[labels[row]] - most) + rest * (values.Sum() - values[labels[row]] - (values.Length - 1) * most));
            }
            return loss;
        }
    }
}

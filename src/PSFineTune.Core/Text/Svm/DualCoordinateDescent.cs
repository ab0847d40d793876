namespace PSFineTune.Text.Svm;

/// <summary>
/// A linear support vector machine of two classes with squared hinge loss and L2 penalty, by coordinate descent in the dual
/// with shrinking (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008, A dual coordinate descent method for large-scale linear
/// SVM, algorithm 3; LIBLINEAR's solver 1). The bias is the weight of a feature that is always 1, and is penalised as all are.
/// </summary>
/// <param name="rows">Samples.</param>
/// <param name="cost">By sample: C, times the weight of its class.</param>
/// <param name="tolerance">Largest violation of the conditions of optimality at which it ends.</param>
/// <param name="passes">Most passes over the samples.</param>
sealed class DualCoordinateDescent(SparseRows rows, double[] cost, double tolerance, int passes)
{
    readonly double[] _lengths = [.. Enumerable.Range(0, rows.Count).Select(row => 1 + Squares(rows.Values(row)))];

    /// <summary>Weights, the bias behind them.</summary>
    /// <param name="signs">By sample: 1 or -1.</param>
    /// <param name="random">Of the order of the samples.</param>
    /// <param name="cancel">Checked in each pass.</param>
    /// <returns>The weights, and whether the tolerance was reached.</returns>
    public (double[] Weights, bool Converged) Solve(ReadOnlySpan<sbyte> signs, RandomStream random, CancellationToken cancel)
    {
        var weights = new double[rows.Width + 1];
        var alpha = new double[rows.Count];
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        var active = rows.Count;
        var upper = double.PositiveInfinity;
        for (var pass = 0; pass < passes; pass++)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < active; i++)
            {
                var other = i + random.Below(active - i);
                (order[i], order[other]) = (order[other], order[i]);
            }
            var (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
            for (var place = 0; place < active; place++)
            {
                var row = order[place];
                var (sign, diagonal) = (signs[row], 0.5 / cost[row]);
                var gradient = sign * (rows.Dot(row, weights) + weights[^1]) - 1 + alpha[row] * diagonal;
                var projected = gradient;
                if (alpha[row] == 0)
                {
                    // Far from becoming a support vector: left out until the rest has converged.
                    if (gradient > upper)
                    {
                        active--;
                        (order[place], order[active]) = (order[active], order[place]);
                        place--;
                        continue;
                    }
                    projected = Math.Min(gradient, 0);
                }
                (highest, lowest) = (Math.Max(highest, projected), Math.Min(lowest, projected));
                if (Math.Abs(projected) <= 1e-12) continue;
                var before = alpha[row];
                alpha[row] = Math.Max(before - gradient / (_lengths[row] + diagonal), 0);
                Add(weights, row, sign * (alpha[row] - before));
            }
            if (highest - lowest <= tolerance)
            {
                if (active == rows.Count) return (weights, true);
                (active, upper) = (rows.Count, double.PositiveInfinity);
                continue;
            }
            upper = highest <= 0 ? double.PositiveInfinity : highest;
        }
        return (weights, false);
    }

    void Add(double[] weights, int row, double step)
    {
        var columns = rows.Columns(row);
        var values = rows.Values(row);
        for (var i = 0; i < columns.Length; i++) weights[columns[i]] += step * values[i];
        weights[^1] += step;
    }

    static double Squares(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value * value;
        return sum;
    }
}

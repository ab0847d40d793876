namespace PSFineTune.Text.Svm;

/// <summary>
/// A linear support vector machine of two classes with squared hinge loss and L2 penalty, by coordinate descent in the dual
/// with shrinking (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008, A dual coordinate descent method for large-scale linear
/// SVM, algorithm 3; LIBLINEAR's solver 1). The bias is the weight of a feature that is always 1, and is penalised as all are.
/// </summary>
/// <param name="rows">Samples, any number of machines may share them.</param>
/// <param name="tolerance">Largest violation of the conditions of optimality at which it ends.</param>
/// <param name="passes">Most passes over the samples.</param>
sealed class DualCoordinateDescent(SparseRows rows, double tolerance, int passes)
{
    /// <summary>Weights, the bias behind them.</summary>
    /// <param name="samples">Rows to learn from.</param>
    /// <param name="signs">By row: 1 or -1.</param>
    /// <param name="costs">By row: C, times the weight of its class.</param>
    /// <param name="random">Of the order of the samples.</param>
    /// <param name="cancel">Checked in each pass.</param>
    /// <returns>The weights, and whether the tolerance was reached.</returns>
    public (double[] Weights, bool Converged) Solve(ReadOnlySpan<int> samples, ReadOnlySpan<sbyte> signs, ReadOnlySpan<double> costs, RandomStream random, CancellationToken cancel)
    {
        var weights = new double[rows.Width + 1];
        var variables = new Variable[samples.Length];
        for (var i = 0; i < variables.Length; i++)
        {
            var (row, diagonal) = (samples[i], 0.5 / costs[samples[i]]);
            variables[i] = new() { Row = row, Sign = signs[row], Diagonal = diagonal, Curvature = 1 + rows.Square(row) + diagonal };
        }
        int[] order = [.. Enumerable.Range(0, variables.Length)];
        var active = order.Length;
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
                ref var variable = ref variables[order[place]];
                var gradient = variable.Sign * (rows.Dot(variable.Row, weights) + weights[^1]) - 1 + variable.Alpha * variable.Diagonal;
                var projected = gradient;
                if (variable.Alpha == 0)
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
                var before = variable.Alpha;
                variable.Alpha = Math.Max(before - gradient / variable.Curvature, 0);
                var step = variable.Sign * (variable.Alpha - before);
                rows.AddTo(variable.Row, step, weights);
                weights[^1] += step;
            }
            if (highest - lowest <= tolerance)
            {
                if (active == order.Length) return (weights, true);
                (active, upper) = (order.Length, double.PositiveInfinity);
                continue;
            }
            upper = highest <= 0 ? double.PositiveInfinity : highest;
        }
        return (weights, false);
    }

    // What belongs to a sample lies together: they are visited in random order.
    struct Variable
    {
        public double Alpha, Diagonal, Curvature;
        public float Sign;
        public int Row;
    }
}

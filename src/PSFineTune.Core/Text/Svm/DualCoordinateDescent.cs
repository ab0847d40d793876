using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace PSFineTune.Text.Svm;

/// <summary>
/// A linear support vector machine of two classes with squared hinge loss and L2 penalty, by coordinate descent in the dual
/// with shrinking (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008, A dual coordinate descent method for large-scale linear
/// SVM, algorithm 3; LIBLINEAR's solver 1). The bias is the weight of a feature that is always 1, and is penalised as all are.
/// </summary>
/// <param name="rows">Samples, any number of machines may share them.</param>
/// <param name="tolerance">Largest violation of the conditions of optimality at which it ends.</param>
/// <param name="passes">Most passes over the samples.</param>
sealed unsafe class DualCoordinateDescent(SparseRows rows, double tolerance, int passes)
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
        var variables = Variables(samples, signs, costs);
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
            var violation = Pass(variables, order, ref active, upper, weights);
            if (violation.Highest - violation.Lowest <= tolerance)
            {
                if (active == order.Length) return (weights, true);
                (active, upper) = (order.Length, double.PositiveInfinity);
                continue;
            }
            upper = violation.Highest <= 0 ? double.PositiveInfinity : violation.Highest;
        }
        return (weights, false);
    }

    Variable[] Variables(ReadOnlySpan<int> samples, ReadOnlySpan<sbyte> signs, ReadOnlySpan<double> costs)
    {
        var variables = new Variable[samples.Length];
        for (var i = 0; i < variables.Length; i++)
        {
            var (row, diagonal) = (samples[i], 0.5 / costs[samples[i]]);
            var (start, length) = rows.PlaceOf(row);
            variables[i] = new() { Start = start, Length = length, Sign = signs[row], Diagonal = diagonal, Curvature = 1 + rows.Square(row) + diagonal };
        }
        return variables;
    }

    // Every active variable once, to its best value; the ends of the violations that were met. The loops over a sample's
    // few numbers are all that takes time, so they pass no checks: columns are below the width. Compiled in full at once, for
    // a machine is trained before the runtime would have noticed that it should be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (double Highest, double Lowest) Pass(Variable[] variables, int[] order, ref int active, double upper, double[] weights)
    {
        var (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
        fixed (int* allColumns = rows.AllColumns)
        fixed (double* allValues = rows.AllValues, w = weights)
        fixed (Variable* all = variables)
        {
            ref var bias = ref weights[^1];
            for (var place = 0; place < active; place++)
            {
                var variable = all + order[place];
                int* columns = allColumns + variable->Start;
                double* values = allValues + variable->Start;
                var length = variable->Length;
                if (Sse.IsSupported && place + 1 < active)
                {
                    // The next sample lies anywhere.
                    var next = all[order[place + 1]].Start;
                    Sse.Prefetch0(allColumns + next);
                    Sse.Prefetch0(allValues + next);
                    Sse.Prefetch0(allValues + next + 8);
                    Sse.Prefetch0(allValues + next + 16);
                }
                // Two sums, for each addition waits for the one before it.
                var (even, odd, i) = (bias, 0.0, 0);
                for (; i + 1 < length; i += 2)
                {
                    even += values[i] * w[columns[i]];
                    odd += values[i + 1] * w[columns[i + 1]];
                }
                if (i < length) even += values[i] * w[columns[i]];
                var gradient = variable->Sign * (even + odd) - 1 + variable->Alpha * variable->Diagonal;
                var projected = gradient;
                if (variable->Alpha == 0)
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
                var before = variable->Alpha;
                variable->Alpha = Math.Max(before - gradient / variable->Curvature, 0);
                var step = variable->Sign * (variable->Alpha - before);
                for (i = 0; i < length; i++) w[columns[i]] += step * values[i];
                bias += step;
            }
        }
        return (highest, lowest);
    }

    // What belongs to a sample lies together: they are visited in random order.
    struct Variable
    {
        public double Alpha, Diagonal, Curvature, Sign;
        public int Start, Length;
    }
}

namespace PSFineTune.Text.Svm;

/// <summary>A trained machine with a kernel: what a model file of LIBSVM holds. Any number of threads may ask it.</summary>
sealed class SupportVectors
{
    // Nearer to 0 or 1 no pair may be, or the others could not be weighed against it; LIBSVM's bound.
    public const double LeastShare = 1e-7;

    readonly ColumnIndex _index;
    readonly double[] _squares;
    readonly int[] _starts;

    /// <param name="kernel">How alike two samples are.</param>
    /// <param name="labels">By class.</param>
    /// <param name="vectors">Class after class.</param>
    /// <param name="counts">Vectors of each class.</param>
    /// <param name="coefficients">By the other class of a pair (those behind the own one move up by one), then by vector.</param>
    /// <param name="thresholds">By pair: 0-1, 0-2 … 1-2 …; LIBSVM's rho.</param>
    /// <param name="sigmoids">By pair; null where there are no probabilities.</param>
    public SupportVectors(SvmKernel kernel, int[] labels, SparseRows vectors, int[] counts, double[][] coefficients, double[] thresholds, Sigmoid[]? sigmoids)
    {
        (Kernel, Labels, Vectors, Counts, Coefficients, Thresholds, Sigmoids) = (kernel, labels, vectors, counts, coefficients, thresholds, sigmoids);
        int[] rows = [.. Enumerable.Range(0, vectors.Count)];
        (_index, _squares) = (new(vectors, rows), [.. rows.Select(vectors.Square)]);
        _starts = new int[labels.Length + 1];
        for (var i = 0; i < labels.Length; i++) _starts[i + 1] = _starts[i] + counts[i];
    }

    public SvmKernel Kernel { get; }

    public int[] Labels { get; }

    public SparseRows Vectors { get; }

    public int[] Counts { get; }

    public double[][] Coefficients { get; }

    public double[] Thresholds { get; }

    public Sigmoid[]? Sigmoids { get; }

    /// <summary>Decision values by pair: above 0 for the first class of it.</summary>
    /// <param name="columns">Of the sample, ascending.</param>
    /// <param name="values">As many.</param>
    public double[] Decide(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var kernel = new double[Vectors.Count];
        _index.Multiply(columns, values, kernel);
        var square = 0.0;
        foreach (var value in values) square += value * value;
        Kernel.OfAll(kernel, square, _squares);
        var (decisions, pair) = (new double[Thresholds.Length], 0);
        for (var i = 0; i < Labels.Length; i++)
            for (var j = i + 1; j < Labels.Length; j++, pair++)
                decisions[pair] = Sum(i, Coefficients[j - 1]) + Sum(j, Coefficients[i]) - Thresholds[pair];
        return decisions;

        double Sum(int of, double[] coefficients)
        {
            var sum = 0.0;
            for (var vector = _starts[of]; vector < _starts[of + 1]; vector++) sum += coefficients[vector] * kernel[vector];
            return sum;
        }
    }

    /// <summary>How many pairs are for each class.</summary>
    public int[] Votes(ReadOnlySpan<double> decisions)
    {
        var (votes, pair) = (new int[Labels.Length], 0);
        for (var i = 0; i < votes.Length; i++)
            for (var j = i + 1; j < votes.Length; j++) votes[decisions[pair++] > 0 ? i : j]++;
        return votes;
    }

    /// <summary>Probabilities by class, 1 in all.</summary>
    /// <exception cref="InvalidOperationException">There are no sigmoids.</exception>
    public double[] Probabilities(ReadOnlySpan<double> decisions)
    {
        if (Sigmoids is null) throw new InvalidOperationException("The machine was trained without probabilities.");
        var (pairs, pair) = (new double[Labels.Length, Labels.Length], 0);
        for (var i = 0; i < Labels.Length; i++)
            for (var j = i + 1; j < Labels.Length; j++, pair++)
            {
                pairs[i, j] = Math.Clamp(Sigmoids[pair].Of(decisions[pair]), LeastShare, 1 - LeastShare);
                pairs[j, i] = 1 - pairs[i, j];
            }
        return PairCoupling.Combine(pairs);
    }

    /// <summary>The label with the most votes, of equals the first.</summary>
    public int Predict(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var votes = Votes(Decide(columns, values));
        return Labels[Array.IndexOf(votes, votes.Max())];
    }
}

namespace PSFineTune.Text.Svm;

/// <summary>A trained linear machine: a weight for each feature, of each class against the rest. Any number of threads may ask it.</summary>
/// <param name="Labels">By class.</param>
/// <param name="Weights">By class, then by column; of two classes one row alone, that of the second.</param>
/// <param name="Biases">As the rows of weights.</param>
/// <param name="Sigmoids">As the rows of weights; null where there are no probabilities.</param>
/// <param name="Converged">Whether every class came within the tolerance.</param>
sealed record LinearMachine(int[] Labels, double[][] Weights, double[] Biases, Sigmoid[]? Sigmoids, bool Converged)
{
    /// <summary>By row of weights: above 0 for the class and not the rest.</summary>
    /// <param name="columns">Of the sample; those that no training sample had count nothing.</param>
    /// <param name="values">As many.</param>
    public double[] Decide(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var decisions = new double[Weights.Length];
        for (var row = 0; row < decisions.Length; row++)
        {
            var (weights, sum) = (Weights[row], Biases[row]);
            for (var i = 0; i < columns.Length; i++)
                if (columns[i] < weights.Length) sum += weights[columns[i]] * values[i];
            decisions[row] = sum;
        }
        return decisions;
    }

    /// <summary>The place of the class that decision values are for.</summary>
    public int Choose(double[] decisions) => decisions.Length == 1 ? (decisions[0] > 0 ? 1 : 0) : Array.IndexOf(decisions, decisions.Max());

    /// <summary>
    /// Probabilities by class, 1 in all: each class's sigmoid of its decision value, fitted on samples that were held out, and
    /// brought to a common sum. An estimate, for the classes were never weighed against each other; the highest may be another
    /// class than that of <see cref="Choose"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no sigmoids.</exception>
    public double[] Probabilities(double[] decisions)
    {
        if (Sigmoids is null) throw new InvalidOperationException("The machine was trained without probabilities.");
        double[] shares = [.. decisions.Zip(Sigmoids, (decision, sigmoid) => sigmoid.Of(decision))];
        if (shares.Length == 1) return [1 - shares[0], shares[0]];
        var sum = shares.Sum();
        return [.. shares.Select(share => sum > 0 ? share / sum : 1.0 / shares.Length)];
    }
}

using System.Collections.Concurrent;

namespace PSFineTune.Text.Svm;

/// <summary>
/// A linear machine of any number of classes, each told from all others; of two classes one machine is enough. Classes and
/// folds are computed side by side, and none depends on another.
/// </summary>
/// <param name="samples">To learn from.</param>
/// <param name="labels">By row.</param>
/// <param name="settings">How.</param>
sealed class OneVersusRest(SparseRows samples, int[] labels, LinearSettings settings)
{
    /// <summary>Most columns: a weight of each is 1 GiB a class.</summary>
    public const int MostColumns = 1 << 27;

    // Those of the probabilities.
    const int Folds = 3;

    /// <exception cref="FineTuneException">BadPlanSetting, OneClass, TooManyColumns, ValuesTooLarge.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public LinearMachine Train(CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, samples.Count);
        int[] classes = [.. labels.Distinct().Order()];
        settings.Validate(classes);
        if (classes.Length < 2) throw Fault.OneClass(string.Join("", classes));
        if (samples.Width > MostColumns) throw Fault.TooManyColumns(samples.Width, MostColumns);
        new LinearKernel().Refuse(samples);
        double[] costs = [.. labels.Select(label => settings.Cost * (settings.ClassWeights?[label] ?? 1))];
        var order = RandomStream.For(settings.Seed, 0, "linear svm folds").Permutation(settings.Probability ? samples.Count : 0);
        int[] positives = classes.Length == 2 ? [classes[1]] : classes;
        Problem[] problems = [.. positives.Select(label => new Problem([.. labels.Select(other => (sbyte)(other == label ? 1 : -1))], new double[order.Length]))];
        (int Class, int Fold)[] parts = [.. from number in Enumerable.Range(0, positives.Length) from fold in Enumerable.Range(-1, settings.Probability ? Folds + 1 : 1) select (number, fold)];
        Parallel.ForEach(Partitioner.Create(parts, EnumerablePartitionerOptions.NoBuffering),
            new() { MaxDegreeOfParallelism = settings.Threads > 0 ? settings.Threads : Environment.ProcessorCount, CancellationToken = cancel },
            part => Solve(problems[part.Class], part.Class, part.Fold));
        return new(classes, [.. problems.Select(problem => problem.Weights[..^1])], [.. problems.Select(problem => problem.Weights[^1])],
            settings.Probability ? [.. problems.Select(problem => Sigmoid.Fit(problem.Judged, problem.Signs))] : null, problems.All(problem => problem.Converged));

        void Solve(Problem problem, int number, int fold)
        {
            var machine = new DualCoordinateDescent(samples, settings.Tolerance, settings.Passes);
            var random = RandomStream.For(settings.Seed, number * (Folds + 1) + fold + 1, "linear svm order");
            if (fold < 0)
            {
                (problem.Weights, problem.Converged) = machine.Solve([.. Enumerable.Range(0, samples.Count)], problem.Signs, costs, random, cancel);
                return;
            }
            var (begin, end) = ((int)((long)fold * order.Length / Folds), (int)((long)(fold + 1) * order.Length / Folds));
            var weights = machine.Solve([.. order[..begin], .. order[end..]], problem.Signs, costs, random, cancel).Weights;
            foreach (var row in order.AsSpan(begin..end)) problem.Judged[row] = samples.Dot(row, weights) + weights[^1];
        }
    }

    /// <summary>One class against the rest.</summary>
    sealed class Problem(sbyte[] signs, double[] judged)
    {
        public sbyte[] Signs => signs;

        /// <summary>Decision values of samples by machines that did not learn from them.</summary>
        public double[] Judged => judged;

        public double[] Weights { get; set; } = [];

        public bool Converged { get; set; }
    }
}

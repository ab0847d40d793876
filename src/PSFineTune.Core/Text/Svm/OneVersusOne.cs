using System.Collections.Concurrent;

namespace PSFineTune.Text.Svm;

/// <summary>
/// A C-SVC of any number of classes, a machine for each pair of them (LIBSVM's way; Chang and Lin 2011, LIBSVM: A library for
/// support vector machines). Pairs and folds are computed side by side, and none depends on another.
/// </summary>
/// <param name="samples">To learn from.</param>
/// <param name="labels">By row.</param>
/// <param name="settings">How.</param>
sealed class OneVersusOne(SparseRows samples, int[] labels, SvmSettings settings)
{
    /// <exception cref="FineTuneException">BadPlanSetting, OneClass, ValuesTooLarge.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public SupportVectors Train(CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, samples.Count);
        int[] classes = [.. labels.Distinct().Order()];
        settings.Validate(classes);
        if (classes.Length < 2) throw Fault.OneClass(string.Join("", classes));
        settings.Kernel.Refuse(samples);
        int[][] members = [.. classes.Select(label => Enumerable.Range(0, labels.Length).Where(row => labels[row] == label).ToArray())];
        (int I, int J)[] pairs = [.. from i in Enumerable.Range(0, classes.Length) from j in Enumerable.Range(i + 1, classes.Length - i - 1) select (i, j)];
        PairProblem[] problems = [.. pairs.Select((pair, number) => new PairProblem(samples, members[pair.I], members[pair.J], (CostOf(classes[pair.I]), CostOf(classes[pair.J])),
            settings, RandomStream.For(settings.Seed, number, "svm folds")))];
        Solve(problems, cancel);
        return Join(classes, members, pairs, problems);
    }

    double CostOf(int label) => settings.Cost * (settings.ClassWeights?[label] ?? 1);

    // The largest first, so that no core is left with one of them at the end.
    void Solve(PairProblem[] problems, CancellationToken cancel)
    {
        (PairProblem Problem, int Fold)[] parts = [.. from problem in problems.OrderByDescending(problem => problem.Signs.Length)
                                                       from fold in Enumerable.Range(-1, settings.Probability ? PairProblem.Folds + 1 : 1)
                                                       select (problem, fold)];
        var threads = Math.Min(settings.Threads > 0 ? settings.Threads : Environment.ProcessorCount, parts.Length);
        var bytes = settings.CacheSize / threads;
        Parallel.ForEach(Partitioner.Create(parts, EnumerablePartitionerOptions.NoBuffering), new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, part =>
        {
            if (part.Fold < 0) part.Problem.Solve(bytes, cancel);
            else part.Problem.Judge(part.Fold, bytes, cancel);
        });
    }

    // Every vector is kept once, with a coefficient for each of the other classes.
    SupportVectors Join(int[] classes, int[][] members, (int I, int J)[] pairs, PairProblem[] problems)
    {
        bool[][] used = [.. members.Select(rows => new bool[rows.Length])];
        for (var pair = 0; pair < pairs.Length; pair++)
            for (var sample = 0; sample < problems[pair].Coefficients.Length; sample++)
            {
                var (of, place) = Find(pair, sample);
                used[of][place] |= problems[pair].Coefficients[sample] != 0;
            }
        var vectors = new SparseRows(samples.Width);
        int[][] numbers = [.. members.Select(rows => new int[rows.Length])];
        for (var of = 0; of < classes.Length; of++)
            for (var place = 0; place < used[of].Length; place++)
            {
                if (!used[of][place]) continue;
                numbers[of][place] = vectors.Count;
                vectors.Add(samples.Columns(members[of][place]), samples.Values(members[of][place]));
            }
        double[][] coefficients = [.. classes.Skip(1).Select(_ => new double[vectors.Count])];
        for (var pair = 0; pair < pairs.Length; pair++)
            for (var sample = 0; sample < problems[pair].Coefficients.Length; sample++)
            {
                var (of, place) = Find(pair, sample);
                if (problems[pair].Coefficients[sample] != 0) coefficients[of == pairs[pair].I ? pairs[pair].J - 1 : pairs[pair].I][numbers[of][place]] = problems[pair].Coefficients[sample];
            }
        return new(settings.Kernel, classes, vectors, [.. used.Select(all => all.Count(one => one))], coefficients, [.. problems.Select(problem => problem.Threshold)],
            settings.Probability ? [.. problems.Select(problem => Sigmoid.Fit(problem.Judged, problem.Signs))] : null);

        (int Class, int Place) Find(int pair, int sample)
        {
            var (i, j) = pairs[pair];
            return sample < members[i].Length ? (i, sample) : (j, sample - members[i].Length);
        }
    }
}

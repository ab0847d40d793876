namespace PSFineTune.Text.Svm;

/// <summary>Two classes that are told apart.</summary>
sealed class PairProblem
{
    /// <summary>Parts of the cross validation of its probabilities.</summary>
    public const int Folds = 5;

    readonly SparseRows _samples;
    readonly SvmSettings _settings;
    readonly int[] _rows, _order;
    readonly double[] _costs;

    /// <param name="samples">All.</param>
    /// <param name="first">Rows of the first class.</param>
    /// <param name="second">Of the second.</param>
    /// <param name="costs">Of a sample of the first and of the second.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="folds">Random stream of the folds.</param>
    public PairProblem(SparseRows samples, int[] first, int[] second, (double First, double Second) costs, SvmSettings settings, RandomStream folds)
    {
        (_samples, _settings, _rows) = (samples, settings, [.. first, .. second]);
        Signs = [.. Enumerable.Repeat((sbyte)1, first.Length), .. Enumerable.Repeat((sbyte)-1, second.Length)];
        _costs = [.. Enumerable.Repeat(costs.First, first.Length), .. Enumerable.Repeat(costs.Second, second.Length)];
        (_order, Coefficients, Judged) = (settings.Probability ? folds.Permutation(_rows.Length) : [], new double[_rows.Length], new double[settings.Probability ? _rows.Length : 0]);
    }

    /// <summary>1 or -1, by sample: first those of the first class.</summary>
    public sbyte[] Signs { get; }

    /// <summary>By sample: its variable times its sign; 0 for what is no support vector.</summary>
    public double[] Coefficients { get; private set; }

    /// <summary>What is taken from the sum of coefficients times kernels.</summary>
    public double Threshold { get; private set; }

    /// <summary>Decision values of samples by machines that did not learn from them.</summary>
    public double[] Judged { get; }

    /// <summary>Learns from all samples, with so much memory for the kernel.</summary>
    public void Solve(long bytes, CancellationToken cancel) =>
        (Coefficients, Threshold) = Solve([.. Enumerable.Range(0, _rows.Length)], bytes, cancel);

    /// <summary>Learns from the samples outside a fold, and judges those in it.</summary>
    public void Judge(int fold, long bytes, CancellationToken cancel)
    {
        var (begin, end) = ((int)((long)fold * _order.Length / Folds), (int)((long)(fold + 1) * _order.Length / Folds));
        int[] learned = [.. _order[..begin], .. _order[end..]];
        var (coefficients, threshold) = Outside(learned, bytes, cancel);
        int[] vectors = [.. Enumerable.Range(0, learned.Length).Where(i => coefficients[i] != 0)];
        var index = new ColumnIndex(_samples, [.. vectors.Select(i => _rows[learned[i]])]);
        double[] squares = [.. vectors.Select(i => _samples.Square(_rows[learned[i]]))], kernel = new double[vectors.Length];
        foreach (var sample in _order.AsSpan(begin..end))
        {
            index.Multiply(_samples.Columns(_rows[sample]), _samples.Values(_rows[sample]), kernel);
            _settings.Kernel.OfAll(kernel, _samples.Square(_rows[sample]), squares);
            var sum = -threshold;
            for (var i = 0; i < kernel.Length; i++) sum += coefficients[vectors[i]] * kernel[i];
            Judged[sample] = sum;
        }
    }

    // Of one class alone every value is that class, and of none nothing is known: as LIBSVM has it.
    (double[] Coefficients, double Threshold) Outside(int[] learned, long bytes, CancellationToken cancel)
    {
        var positive = learned.Count(sample => Signs[sample] > 0);
        return positive > 0 && positive < learned.Length ? Solve(learned, bytes, cancel)
            : (new double[learned.Length], learned.Length == 0 ? 0 : positive > 0 ? -1 : 1);
    }

    (double[] Coefficients, double Threshold) Solve(int[] samples, long bytes, CancellationToken cancel)
    {
        sbyte[] signs = [.. samples.Select(sample => Signs[sample])];
        var kernel = new KernelRows(_settings.Kernel, _samples, [.. samples.Select(sample => _rows[sample])], bytes);
        var (alpha, threshold) = new SequentialMinimalOptimization(kernel, signs, [.. samples.Select(sample => _costs[sample])], _settings.Tolerance).Solve(cancel);
        return ([.. alpha.Zip(signs, (value, sign) => value * sign)], threshold);
    }
}

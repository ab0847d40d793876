namespace PSFineTune.Metrics;

/// <summary>Gathers predictions one by one, and tells at the end what they show.</summary>
/// <param name="classes">Class i has probability i.</param>
/// <param name="options">What is asked for; null for the usual.</param>
sealed class EvaluationBuilder(IReadOnlyList<string> classes, EvaluationOptions? options = null)
{
    // As scikit-learn's log_loss for 32-bit probabilities: a sure and wrong prediction costs 15.9, not infinity.
    const double Least = 1.0 / (1 << 23);

    static readonly Dictionary<string, string> s_none = [];

    readonly EvaluationOptions _options = options ?? new();
    readonly int[] _ks = [.. (options ?? new()).TopK.Where(k => k <= classes.Count).Distinct().Order()];
    readonly int[] _ranks = new int[classes.Count];
    readonly ConfusionTally _confusion = new(classes.Count);
    readonly CalibrationTally _calibration = new();
    readonly RankTally _areas = new(classes.Count);
    readonly SurestSamples _surest = new((options ?? new()).Examples);
    readonly SliceTally _slices = new(classes.Count, (options ?? new()).SliceBy);
    // The least bad on top, so that a worse one pushes it out; of equal losses the earlier sample stays.
    readonly PriorityQueue<SampleLoss, (double Loss, int Order)> _worst = new();
    double _loss, _distance;

    /// <param name="labels">Class index of each of N samples.</param>
    /// <param name="probabilities">N x classes, row after row, each summing to 1.</param>
    /// <param name="items">Paths, or texts, of the N samples.</param>
    /// <exception cref="FineTuneException">NoProbability, where one is not a number.</exception>
    public void Add(ReadOnlySpan<int> labels, ReadOnlySpan<float> probabilities, IReadOnlyList<string> items)
    {
        if (probabilities.Length != labels.Length * classes.Count || items.Count != labels.Length)
            throw new ArgumentException($"{labels.Length} labels, {items.Count} items and {probabilities.Length} probabilities of {classes.Count} classes do not fit.");
        for (var i = 0; i < labels.Length; i++) Add(labels[i], probabilities.Slice(i * classes.Count, classes.Count), items[i]);
    }

    /// <param name="label">Class index.</param>
    /// <param name="probabilities">One a class, summing to 1.</param>
    /// <param name="item">Path or text.</param>
    /// <param name="metadata">What slices are made by.</param>
    /// <returns>The most probable class, of equal ones the first, and its probability.</returns>
    /// <exception cref="FineTuneException">NoProbability, UnknownColumn, TooManySlices.</exception>
    public (int Predicted, double Confidence) Add(int label, ReadOnlySpan<float> probabilities, string item, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var (predicted, rank, distance) = (0, 0, 0.0);
        for (var index = 0; index < probabilities.Length; index++)
        {
            var probability = probabilities[index];
            if (!float.IsFinite(probability)) throw Fault.NoProbability(item);
            if (probability > probabilities[predicted]) predicted = index;
            // Of equally probable classes the earlier comes first.
            if (probability > probabilities[label] || (probability == probabilities[label] && index < label)) rank++;
            distance += Square(probability - (index == label ? 1.0 : 0));
        }
        var (confidence, loss) = ((double)probabilities[predicted], -Math.Log(Math.Clamp(probabilities[label], Least, 1)));
        var sample = new SampleLoss
        {
            Path = _options.OfTexts ? "" : item, Text = _options.OfTexts ? item : null,
            Label = classes[label], Predicted = classes[predicted], Loss = loss, Confidence = confidence,
        };
        _slices.Add(label, predicted, loss, metadata ?? s_none);
        _worst.Enqueue(sample, (loss, -_confusion.Count));
        if (_worst.Count > _options.Top) _worst.Dequeue();
        _confusion.Add(label, predicted);
        _calibration.Add(confidence, predicted == label);
        _areas.Add(label, probabilities);
        _surest.Add(label, predicted, sample);
        _ranks[rank]++;
        _loss += loss;
        _distance += distance;
        return (predicted, confidence);
    }

    /// <exception cref="FineTuneException">NothingToMeasure.</exception>
    public Evaluation Build(CancellationToken cancel = default)
    {
        var count = _confusion.Count;
        if (count == 0) throw Fault.NothingToMeasure();
        var (margins, areas) = (_confusion.Margins, _areas.Areas(cancel));
        var perClass = classes.Select((label, index) => Metric(label, index, margins, areas[index])).ToList();
        var (accuracy, macroF1) = Bootstrap.Of(_confusion, _options.Resamples, _options.Seed, cancel);
        var cells = Cells(margins);
        return new()
        {
            Count = count,
            Accuracy = margins.Accuracy,
            AccuracyInterval = accuracy,
            TopK = [.. _ks.Select(k => new TopK { K = k, Accuracy = _ranks[..k].Sum() / (double)count })],
            MacroF1 = margins.MacroF1,
            MacroF1Interval = macroF1,
            Macro = Mean(perClass, index => margins.Occurs(index) ? 1 : 0),
            Weighted = Mean(perClass, index => margins.Support[index]),
            MacroAreaUnderRoc = areas.Where(area => !double.IsNaN(area)).DefaultIfEmpty(double.NaN).Average(),
            LogLoss = _loss / count,
            CalibrationError = _calibration.Error,
            Brier = _distance / count,
            Calibration = _calibration.Filled,
            PerClass = perClass,
            Confusion = new() { Labels = [.. classes], Rows = _confusion.Rows },
            TopLoss = [.. _worst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)],
            MostConfused = [.. cells.Where(cell => cell.Label != cell.Predicted).OrderByDescending(cell => cell.Count).Take(_options.Top)],
            Slices = [.. _slices.Build(_options.Resamples, _options.Seed)],
            Cells = cells,
        };
    }

    ConfusedPair[] Cells(Margins margins) => [.. _confusion.Cells.Select(cell => new ConfusedPair
    {
        Label = classes[cell.Label],
        Predicted = classes[cell.Predicted],
        Count = cell.Count,
        Share = cell.Count / (double)margins.Support[cell.Label],
        Examples = _surest.Of(cell.Label, cell.Predicted),
    })];

    static ClassMetric Metric(string label, int index, Margins margins, double area) => new()
    {
        Label = label,
        Precision = margins.Precision(index),
        Recall = margins.Recall(index),
        F1 = margins.F1(index),
        Support = margins.Support[index],
        AreaUnderRoc = area,
    };

    static AverageMetric Mean(IReadOnlyList<ClassMetric> metrics, Func<int, int> weightOf)
    {
        var total = Enumerable.Range(0, metrics.Count).Sum(weightOf);
        return new() { Precision = Of(metric => metric.Precision), Recall = Of(metric => metric.Recall), F1 = Of(metric => metric.F1) };

        double Of(Func<ClassMetric, double> measure) => metrics.Select((metric, index) => weightOf(index) * measure(metric)).Sum() / total;
    }

    static double Square(double value) => value * value;
}

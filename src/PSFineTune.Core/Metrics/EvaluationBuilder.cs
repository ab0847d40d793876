namespace PSFineTune.Metrics;

/// <summary>Gathers predictions batch by batch; keeps counts and the worst samples, not the predictions.</summary>
/// <param name="classes">Class i has probability i.</param>
/// <param name="worst">How many samples of highest loss to keep.</param>
sealed class EvaluationBuilder(IReadOnlyList<string> classes, int worst = 10)
{
    const int Bins = 15;

    // As scikit-learn's log_loss for 32-bit probabilities: a sure and wrong prediction costs 15.9, not infinity.
    const double Least = 1.0 / (1 << 23);

    readonly int[,] _confusion = new int[classes.Count, classes.Count];
    readonly double[] _binConfidence = new double[Bins];
    readonly int[] _binHits = new int[Bins];
    // The least bad on top, so that a worse one pushes it out; of equal losses the earlier sample stays.
    readonly PriorityQueue<SampleLoss, (double Loss, int Order)> _worst = new();
    int _count;
    double _loss;

    /// <param name="labels">Class index of each of N samples.</param>
    /// <param name="probabilities">N x classes, row after row, each summing to 1.</param>
    /// <param name="paths">Names of the N samples.</param>
    /// <exception cref="FineTuneException">NoProbability, where one is not a number.</exception>
    public void Add(ReadOnlySpan<int> labels, ReadOnlySpan<float> probabilities, IReadOnlyList<string> paths)
    {
        if (probabilities.Length != labels.Length * classes.Count || paths.Count != labels.Length)
            throw new ArgumentException($"{labels.Length} labels, {paths.Count} paths and {probabilities.Length} probabilities of {classes.Count} classes do not fit.");
        for (var i = 0; i < labels.Length; i++) Add(labels[i], probabilities.Slice(i * classes.Count, classes.Count), paths[i]);
    }

    /// <exception cref="FineTuneException">NothingToMeasure.</exception>
    public Evaluation Build()
    {
        if (_count == 0) throw Fault.NothingToMeasure();
        var perClass = Enumerable.Range(0, classes.Count).Select(Metric).ToList();
        var present = perClass.Where((metric, index) => metric.Support + Predicted(index) > 0);
        return new()
        {
            Count = _count,
            Accuracy = Enumerable.Range(0, classes.Count).Sum(index => _confusion[index, index]) / (double)_count,
            MacroF1 = present.Average(metric => metric.F1),
            LogLoss = _loss / _count,
            CalibrationError = Enumerable.Range(0, Bins).Sum(bin => Math.Abs(_binHits[bin] - _binConfidence[bin])) / _count,
            PerClass = perClass,
            Confusion = new() { Labels = [.. classes], Rows = [.. Enumerable.Range(0, classes.Count).Select(Row)] },
            TopLoss = [.. _worst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)],
        };
    }

    void Add(int label, ReadOnlySpan<float> probabilities, string path)
    {
        foreach (var probability in probabilities)
            if (!float.IsFinite(probability)) throw Fault.NoProbability(path);

        var predicted = 0;
        for (var index = 1; index < probabilities.Length; index++)
            if (probabilities[index] > probabilities[predicted]) predicted = index;

        var (confidence, loss) = ((double)probabilities[predicted], -Math.Log(Math.Clamp(probabilities[label], Least, 1)));
        // Bin m is (m / 15, (m + 1) / 15].
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
        _binConfidence[bin] += confidence;
        if (predicted == label) _binHits[bin]++;
        _confusion[label, predicted]++;
        _loss += loss;
        _worst.Enqueue(new() { Path = path, Label = classes[label], Predicted = classes[predicted], Loss = loss, Confidence = confidence }, (loss, -_count++));
        if (_worst.Count > worst) _worst.Dequeue();
    }

    ClassMetric Metric(int index)
    {
        var (hits, support, predicted) = (_confusion[index, index], Row(index).Sum(), Predicted(index));
        return new()
        {
            Label = classes[index],
            Precision = Ratio(hits, predicted),
            Recall = Ratio(hits, support),
            F1 = Ratio(2 * hits, support + predicted),
            Support = support,
        };
    }

    int[] Row(int index) => [.. Enumerable.Range(0, classes.Count).Select(column => _confusion[index, column])];

    int Predicted(int index) => Enumerable.Range(0, classes.Count).Sum(row => _confusion[row, index]);

    static double Ratio(int part, int whole) => whole == 0 ? 0 : part / (double)whole;
}

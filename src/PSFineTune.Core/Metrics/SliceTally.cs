namespace PSFineTune.Metrics;

/// <summary>Judges the samples of each value of some metadata columns by themselves.</summary>
/// <param name="classes">How many.</param>
/// <param name="columns">Names, in any case.</param>
sealed class SliceTally(int classes, IReadOnlyList<string> columns)
{
    /// <summary>A column of more values names samples, not groups of them.</summary>
    const int Most = 1000;

    readonly SortedDictionary<string, Slice>[] _slices = [.. columns.Select(_ => new SortedDictionary<string, Slice>(StringComparer.Ordinal))];
    readonly string[] _names = [.. columns];

    /// <exception cref="FineTuneException">UnknownColumn, TooManySlices.</exception>
    public void Add(int label, int predicted, double loss, IReadOnlyDictionary<string, string> metadata)
    {
        for (var column = 0; column < _names.Length; column++)
        {
            var name = metadata.Keys.FirstOrDefault(key => key.Equals(_names[column], StringComparison.OrdinalIgnoreCase)) ?? throw Fault.UnknownMetadata(_names[column], [.. metadata.Keys]);
            _names[column] = name;
            var slices = _slices[column];
            if (!slices.TryGetValue(metadata[name], out var slice)) slices.Add(metadata[name], slice = new(new(classes)));
            if (slices.Count > Most) throw Fault.TooManySlices(name, Most);
            slice.Confusion.Add(label, predicted);
            slice.Loss += loss;
        }
    }

    /// <summary>By column as they were asked for, then by value in ordinal order.</summary>
    public IEnumerable<SliceMetric> Build(int resamples, int seed) => _slices.SelectMany((slices, column) => slices.Select(slice =>
    {
        var (count, margins) = (slice.Value.Confusion.Count, slice.Value.Confusion.Margins);
        return new SliceMetric
        {
            Column = _names[column],
            Value = slice.Key,
            Count = count,
            Accuracy = margins.Accuracy,
            AccuracyInterval = Bootstrap.Share(margins.Hits.Sum(), count, resamples, RandomStream.For(seed, 0, $"slice/{_names[column]}/{slice.Key}")),
            MacroF1 = margins.MacroF1,
            LogLoss = slice.Value.Loss / count,
        };
    }));

    sealed class Slice(ConfusionTally confusion)
    {
        public ConfusionTally Confusion => confusion;

        public double Loss { get; set; }
    }
}

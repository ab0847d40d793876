using PSFineTune.Attributions;
using PSFineTune.Augment;
using PSFineTune.Embeddings;
using PSFineTune.Models;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>A trained network on files or texts, by the same reading and preprocessing that judged it in training.</summary>
/// <param name="network">Disposed with the predictor.</param>
/// <param name="readerOf">The reader of some items.</param>
/// <param name="classes">Count of classes.</param>
/// <param name="explain">What each token of a text adds to a class; null where there are no tokens.</param>
/// <param name="views">Of each item, whose probabilities are averaged: the plain one, and others that the reader draws.</param>
sealed class NetworkPredictor(Classifier network, Func<SampleSource, SampleReader> readerOf, int classes, Func<string, int, IReadOnlyList<TokenScore>>? explain = null, int views = 1) : Predictor
{
    readonly Lazy<FastForward?> _fast = new(() => FastForward.Of(network));
    readonly Lazy<FastForward?> _before = new(() => FastForward.Of(network, 0, network.Groups.Count - 1));
    Batch? _batch;

    /// <summary>For those who look inside; its weights stay as they are.</summary>
    public Classifier Network => network;

    /// <summary>What reads some items.</summary>
    public SampleReader ReaderOf(IReadOnlyList<string> items) => readerOf(SampleSource.Of(items, classes) with { Held = Held });

    /// <summary>Logits, N x classes, in evaluation and without gradients.</summary>
    public TorchSharp.torch.Tensor Logits(TorchSharp.torch.Tensor x) => _fast.Value?.Forward(x) ?? network.Forward(x);

    protected override IReadOnlyList<Scored> Look(IReadOnlyList<string> items, CancellationToken cancel)
    {
        var reader = ReaderOf(items);
        var faults = new FineTuneException?[items.Count];
        var keys = new DrawKey?[items.Count];
        network.Training = false;
        var scores = View(reader, items, 0, keys, faults, cancel);
        for (var view = 1; view < views; view++)
        {
            cancel.ThrowIfCancellationRequested();
            var more = View(reader, items, view, keys, faults, cancel);
            for (var i = 0; i < scores.Length; i++) scores[i] += more[i];
        }
        if (views > 1) for (var i = 0; i < scores.Length; i++) scores[i] /= views;
        return [.. items.Select((item, slot) => new Scored(item, faults[slot] is null ? scores[(slot * classes)..((slot + 1) * classes)] : null, faults[slot]))];
    }

    public override IReadOnlyList<Featured> Features(IReadOnlyList<string> items, CancellationToken cancel)
    {
        var reader = ReaderOf(items);
        var faults = new FineTuneException?[items.Count];
        network.Training = false;
        var batch = Read(reader, items, 0, new DrawKey?[items.Count], faults, cancel);
        var (features, scores) = Inference.Features(network, reader, batch, _before.Value);
        var width = features.Length / items.Count;
        return [.. items.Select((item, slot) => faults[slot] is { } fault ? new Featured(item, null, null, fault)
            : new(item, features[(slot * width)..((slot + 1) * width)], scores[(slot * classes)..((slot + 1) * classes)], null))];
    }

    public override IReadOnlyList<TermWeight> Explain(string item, int label, int top)
    {
        if (explain is null) return [];
        item = item.Trim();
        // A word that stands in the text more than once counts with all it adds; what is put around a text is no word of it.
        var words = TokenScore.Words(explain(item, label), item).GroupBy(word => word.Term, StringComparer.OrdinalIgnoreCase);
        return TermWeight.Strongest(words.Select(same => new TermWeight { Term = same.Key, Weight = same.Sum(word => word.Score) }), top);
    }

    public override IReadOnlyList<WordWeight> Words(string item, int label) => explain is null ? []
        : [.. TokenScore.Words(explain(item, label), item).Select(word => new WordWeight { Word = word.Term, From = word.Place!.Value.From, Weight = word.Score })];

    /// <summary>Some items as they are, up to <see cref="Predictor.BatchSize"/>; until the next ones are read.</summary>
    /// <param name="reader">Of them.</param>
    /// <param name="items">Paths or texts.</param>
    /// <param name="faults">One an item: why it cannot be read.</param>
    /// <param name="cancel">Stops within one item.</param>
    public Batch Read(SampleReader reader, IReadOnlyList<string> items, FineTuneException?[] faults, CancellationToken cancel) => Read(reader, items, 0, new DrawKey?[items.Count], faults, cancel);

    float[] View(SampleReader reader, IReadOnlyList<string> items, int view, DrawKey?[] keys, FineTuneException?[] faults, CancellationToken cancel) =>
        Inference.Scores(network, reader, Read(reader, items, view, keys, faults, cancel), _fast.Value);

    // The first view is the plain one.
    Batch Read(SampleReader reader, IReadOnlyList<string> items, int view, DrawKey?[] keys, FineTuneException?[] faults, CancellationToken cancel)
    {
        var batch = _batch ??= reader.NewBatch(BatchSize);
        batch.Count = items.Count;
        Parallel.For(0, items.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, slot =>
        {
            try
            {
                if (faults[slot] is null) reader.Read(slot, view == 0 ? null : (keys[slot] ??= TestTimeAugmentation.KeyOf(items[slot])) with { Epoch = view }, batch, slot, cancel);
            }
            catch (FineTuneException fault)
            {
                faults[slot] = fault;
            }
        });
        return batch;
    }

    public override void Dispose()
    {
        foreach (var made in new[] { _fast, _before })
            if (made.IsValueCreated) made.Value?.Dispose();
        network.Dispose();
    }
}

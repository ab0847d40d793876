using PSFineTune.Models;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>A trained network on files or texts, by the same reading and preprocessing that judged it in training.</summary>
/// <param name="network">Disposed with the predictor.</param>
/// <param name="readerOf">The reader of some items.</param>
/// <param name="classes">Count of classes.</param>
sealed class NetworkPredictor(Classifier network, Func<SampleSource, SampleReader> readerOf, int classes) : Predictor
{
    readonly Lazy<FastForward?> _fast = new(() => FastForward.Of(network));
    Batch? _batch;

    public override IReadOnlyList<Scored> Score(IReadOnlyList<string> items, CancellationToken cancel)
    {
        var reader = readerOf(SampleSource.Of(items, classes));
        var batch = _batch ??= reader.NewBatch(BatchSize);
        var faults = new FineTuneException?[items.Count];
        batch.Count = items.Count;
        Parallel.For(0, items.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, slot =>
        {
            try
            {
                reader.Read(slot, null, batch, slot, cancel);
            }
            catch (FineTuneException fault)
            {
                faults[slot] = fault;
            }
        });
        network.Training = false;
        var scores = Inference.Scores(network, reader, batch, _fast.Value);
        return [.. items.Select((item, slot) => new Scored(item, faults[slot] is null ? scores[(slot * classes)..((slot + 1) * classes)] : null, faults[slot]))];
    }

    public override void Dispose()
    {
        if (_fast.IsValueCreated) _fast.Value?.Dispose();
        network.Dispose();
    }
}

using PSFineTune.Models;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>A trained network on image files, by the same reading and preprocessing that judged it in training.</summary>
sealed class ImagePredictor(Classifier network, Preprocessing preprocessing, int classes) : Predictor
{
    Batch? _batch;

    public override IReadOnlyList<Scored> Score(IReadOnlyList<string> sources, CancellationToken cancel)
    {
        var reader = new ImageReader(new(row => sources[row], _ => null, classes), preprocessing, new());
        var batch = _batch ??= reader.NewBatch(BatchSize);
        var faults = new FineTuneException?[sources.Count];
        batch.Count = sources.Count;
        Parallel.For(0, sources.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, slot =>
        {
            try
            {
                reader.Read(slot, null, batch, slot);
            }
            catch (FineTuneException fault)
            {
                faults[slot] = fault;
            }
        });
        network.Training = false;
        var scores = Inference.Scores(network, batch);
        return [.. sources.Select((source, slot) => new Scored(source, faults[slot] is null ? scores[(slot * classes)..((slot + 1) * classes)] : null, faults[slot]))];
    }

    public override void Dispose() => network.Dispose();
}

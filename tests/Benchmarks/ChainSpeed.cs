using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Training;

namespace PSFineTune.Benchmarks;

/// <summary>The chains of the peer, from files and from decoded canvases into a batch, by as many threads as the loader would use.</summary>
sealed class ChainSpeed(IReadOnlyList<string> files, int threads)
{
    const int BatchSize = 32;

    static readonly Preprocessing s_input = new();

    // What evaluates has no pipeline: nothing is drawn for it.
    static readonly Dictionary<string, AugmentPipeline?> s_chains = new()
    {
        ["evaluation"] = null,
        ["crop+flip"] = Cropped(),
        ["crop+flip+jitter"] = Cropped(new ColorJitter { Brightness = 0.5, Contrast = 0.5, Saturation = 0.5 }),
        ["crop+flip+jitter+hue"] = Cropped(new ColorJitter { Brightness = 0.5, Contrast = 0.5, Saturation = 0.5, Hue = 0.5 }),
        ["crop+flip+rotation+jitter"] = Cropped(new RandomRotation { Degrees = 20, Interpolation = Interpolation.Bilinear }, new ColorJitter { Brightness = 0.5, Contrast = 0.5, Saturation = 0.5 }),
        ["trivial"] = Cropped(new TrivialAugmentWide()),
    };

    /// <summary>One measurement a chain, as it is made.</summary>
    public IEnumerable<object> Measure()
    {
        yield return new { chain = "decode", threads, from_file = Math.Round(Rate.Of(files.Count, _ => EachBatch((row, _) => ImageFile.Decode(files[row]).Dispose()))), from_decoded = (double?)null };
        var decoded = files.Select(ImageFile.Decode).ToArray();
        foreach (var (name, pipeline) in s_chains)
        {
            var reader = ReaderOf(files, pipeline);
            var batch = reader.NewBatch(BatchSize + 1);
            var fromFile = Rate.Of(files.Count, epoch => EachBatch((row, slot) => reader.Read(row, KeyOf(pipeline, row, epoch), batch, slot, default)));
            var fromDecoded = Rate.Of(files.Count, epoch => EachBatch((row, slot) => reader.Fill(decoded[row], KeyOf(pipeline, row, epoch), batch.Inputs["pixels"].Slot<float>(slot), default)));
            yield return new { chain = name, threads, from_file = Math.Round(fromFile), from_decoded = Math.Round(fromDecoded) };
        }
    }

    /// <summary>A loader of the chain with the most steps, for those who measure what it leaves behind.</summary>
    public BatchLoader NewLoader() => new(ReaderOf(files, s_chains["crop+flip+rotation+jitter"]), BatchSize, threads);

    static ImageReader ReaderOf(IReadOnlyList<string> files, AugmentPipeline? pipeline) => new(SampleSource.Of(files, classes: 1), s_input, pipeline ?? new());

    // Batch by batch, as BatchLoader.
    void EachBatch(Action<int, int> read)
    {
        foreach (var rows in BatchLoader.Parts([.. Enumerable.Range(0, files.Count)], BatchSize))
            Parallel.For(0, rows.Count, new() { MaxDegreeOfParallelism = threads }, slot => read(rows[slot], slot));
    }

    static DrawKey? KeyOf(AugmentPipeline? pipeline, int row, int epoch) => pipeline is null ? null : new DrawKey(1, epoch, (ulong)row);

    static AugmentPipeline Cropped(params AugmentOp[] rest) => new() { Ops = [new RandomResizedCrop(), new RandomHorizontalFlip(), .. rest] };
}

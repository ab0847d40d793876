using PSFineTune.Models;
using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Embeddings;

/// <summary>
/// Images by three things that need no model of the user's: what the network that the module carries makes of the whole and of
/// its four quarters, where edges run, and which colours lie where.
/// </summary>
sealed class PictureEmbedder : Embedder
{
    const int Side = 64, Half = Side / 2, Parts = 5, Cells = 8, Tiles = 4, Channels = 3;

    // Channels of the network's last stage, and of the one before it.
    const int Outputs = 64 + 32, Width = Parts * Outputs + Cells * Cells * Gradients.Directions + Tiles * Tiles * Channels;

    static readonly ResNet20 s_spec = new();

    readonly Classifier _network;
    readonly Preprocessing _preprocessing;
    readonly FastForward? _lower, _upper;
    readonly int _last;
    Batch? _batch;

    public PictureEmbedder()
    {
        var plan = SourceNetwork.Describe(new() { Model = s_spec }, s_spec, TrainingPlan.EmbeddedWeights);
        _network = SourceNetwork.Target(s_spec, plan, classes: 2);
        _network.Training = false;
        _preprocessing = plan.Preprocessing! with { InputSize = Side };
        _last = _network.Groups.Count - 1;
        (_lower, _upper) = (FastForward.Of(_network, 0, _last - 1), FastForward.Of(_network, _last - 1, _last));
        Key = $"{nameof(PictureEmbedder)} 1 {plan.WeightsSha256} {PlanJson.WriteLine(_preprocessing)}";
    }

    public override string Name => "a small network that the module carries, edges and colours";

    public override string Key { get; }

    public override IReadOnlyList<Featured> Of(IReadOnlyList<string> items, CancellationToken cancel)
    {
        var reader = new ImageReader(SampleSource.Of(items, 1), _preprocessing, new());
        var batch = _batch ??= reader.NewBatch(BatchSize);
        var (faults, rows, parts) = (new FineTuneException?[items.Count], new float[items.Count][], new float[items.Count * Parts * Half * Half * Channels]);
        Parallel.For(0, items.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, slot =>
        {
            rows[slot] = new float[Width];
            try
            {
                reader.Read(slot, null, batch, slot, cancel);
                var pixels = batch.Inputs.Values.Single().Slot<float>(slot);
                Divide(pixels, parts.AsSpan(slot * Parts * Half * Half * Channels, Parts * Half * Half * Channels));
                Describe(pixels, rows[slot].AsSpan(Parts * Outputs));
            }
            catch (FineTuneException fault)
            {
                faults[slot] = fault;
            }
        });
        Compute(parts, rows);
        return [.. items.Select((item, slot) => new Featured(item, faults[slot] is null ? rows[slot] : null, null, faults[slot]))];
    }

    /// <summary>Each number by its mean and deviation over all; the three things count equally.</summary>
    public override IReadOnlyList<float[]> Scaled(IReadOnlyList<float[]> all)
    {
        var scaled = Standard.Of(all);
        ReadOnlySpan<int> ends = [Parts * Outputs, Parts * Outputs + Cells * Cells * Gradients.Directions, Width];
        foreach (var row in scaled)
        {
            var from = 0;
            foreach (var to in ends)
            {
                var weight = 1 / MathF.Sqrt(to - from);
                for (; from < to; from++) row[from] *= weight;
            }
        }
        return scaled;
    }

    public override void Dispose()
    {
        _lower?.Dispose();
        _upper?.Dispose();
        _network.Dispose();
    }

    void Compute(float[] parts, float[][] rows)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var x = frombuffer(parts, float32).clone().view(-1, Half, Half, Channels).permute(0, 3, 1, 2);
        var lower = _lower?.Forward(x) ?? _network.Forward(x, 0, _last - 1);
        var upper = _upper?.Forward(lower) ?? _network.Forward(lower, _last - 1, _last);
        var made = cat([upper, lower.mean([2L, 3L])], 1).contiguous().data<float>().ToArray();
        for (var row = 0; row < rows.Length; row++) made.AsSpan(row * Parts * Outputs, Parts * Outputs).CopyTo(rows[row]);
    }

    // The whole at half its size, then its quarters.
    static void Divide(ReadOnlySpan<float> pixels, Span<float> parts)
    {
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                for (var channel = 0; channel < Channels; channel++)
                {
                    var value = pixels[(y * Side + x) * Channels + channel];
                    if ((y | x) % 2 == 0) parts[(y / 2 * Half + x / 2) * Channels + channel] = 0;
                    parts[((1 + y / Half * 2 + x / Half) * Half * Half + y % Half * Half + x % Half) * Channels + channel] = value;
                }
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                for (var channel = 0; channel < Channels; channel++) parts[(y / 2 * Half + x / 2) * Channels + channel] += pixels[(y * Side + x) * Channels + channel] / 4;
    }

    void Describe(ReadOnlySpan<float> pixels, Span<float> numbers)
    {
        var (p, luma, edges) = (_preprocessing, new float[Side * Side], Cells * Cells * Gradients.Directions);
        var tiles = numbers[edges..];
        for (var at = 0; at < Side * Side; at++)
            for (var channel = 0; channel < Channels; channel++)
            {
                var level = (float)(pixels[at * Channels + channel] * p.Std[channel] + p.Mean[channel]);
                luma[at] += level / Channels;
                tiles[(at / Side / (Side / Tiles) * Tiles + at % Side / (Side / Tiles)) * Channels + channel] += level / (Side / Tiles * (Side / Tiles));
            }
        Gradients.Of(luma, Side, Cells, numbers[..edges]);
    }
}

using Microsoft.ML.OnnxRuntime;
using PSFineTune.Native;
using PSFineTune.Packaging.Probes;

namespace PSFineTune.Exports;

/// <summary>Whether ONNX Runtime answers of an exported file what this module answers.</summary>
static class OnnxCheck
{
    /// <summary>How far a logit may lie outside of what this module itself answers, of the sample's scale: sums in another order.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>How far this module's own answers for a sample, alone and among others, may lie apart, of the sample's scale: what disagrees with itself more is nothing to compare with.</summary>
    public const double Steady = 1e-3;

    /// <summary>
    /// As <see cref="Tolerance"/>, of weights with eight bits. Most networks stay far below; one whose layers have values of very
    /// different sizes, as after a few epochs from random weights, goes beyond, and is as intact as before: it does not bear eight bits.
    /// </summary>
    public const double QuantizedTolerance = 0.25;

    /// <summary>Share of the probes that eight bits may give another class, but one in any case.</summary>
    public const double QuantizedShare = 0.05;

    const int Together = 8;

    /// <summary>Compares one by one, and several at once.</summary>
    /// <param name="source">Answers by itself.</param>
    /// <param name="probes">Samples; made-up ones where it is null.</param>
    /// <param name="path">The file as it is written.</param>
    /// <param name="export">What is known of it.</param>
    /// <param name="cancel">Checked for every few samples.</param>
    /// <exception cref="FineTuneException">OnnxDiffers, OnnxRefused, NativeLoadFailed, or a probe cannot be read.</exception>
    public static OnnxExport Of(OnnxSource source, ProbeSet? probes, string path, OnnxExport export, CancellationToken cancel)
    {
        var count = source.Prepare(probes, cancel);
        try
        {
            using var session = OnnxEngine.NewSession(path, Environment.ProcessorCount);
            var asked = new List<(int Sample, float[] Expected, float[] Actual)>();
            foreach (var size in new[] { 1, Math.Min(count, Together) }.Distinct())
                for (var from = 0; from < count; from += size)
                {
                    cancel.ThrowIfCancellationRequested();
                    var batch = source.Batch(from, Math.Min(size, count - from));
                    var actual = Run(session, batch);
                    asked.AddRange(batch.Logits.Chunk(export.Classes.Count).Zip(actual.Chunk(export.Classes.Count), (expected, answered) => (expected, answered)).Select((pair, at) => (from + at, pair.expected, pair.answered)));
                }
            return Judged(asked, export with { Checked = count, CheckedOnProbes = probes is not null, Tolerance = export.Quantization == OnnxQuantization.None ? Tolerance : QuantizedTolerance });
        }
        catch (OnnxRuntimeException wrong)
        {
            throw Fault.OnnxRefused(export.Path, wrong.Message, wrong);
        }
    }

    /// <summary>The logits of a file's session, samples x classes.</summary>
    public static float[] Run(InferenceSession session, OnnxBatch batch, string output = OnnxExporter.Logits)
    {
        var inputs = batch.Inputs.ToDictionary(input => input.Key, input => input.Value.Values switch
        {
            byte[] bytes => OrtValue.CreateTensorValueFromMemory(bytes, input.Value.Shape),
            long[] numbers => OrtValue.CreateTensorValueFromMemory(numbers, input.Value.Shape),
            var values => OrtValue.CreateTensorValueFromMemory((float[])values, input.Value.Shape),
        });
        try
        {
            using var options = new RunOptions();
            using var results = session.Run(options, inputs, [output]);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (var input in inputs.Values) input.Dispose();
        }
    }

    /// <summary>Whether that is the same; only the arithmetic of <see cref="Of"/>.</summary>
    internal static OnnxExport Judged(List<(int Sample, float[] Expected, float[] Actual)> asked, OnnxExport export)
    {
        var samples = asked.GroupBy(one => one.Sample).Select(same => new Sample([.. same.Select(one => one.Expected)], [.. same.Select(one => one.Actual)])).ToList();
        // A sample with small logits is held to what is usual, and one with large ones loosens no other.
        var usual = samples.Select(sample => sample.Largest).Where(largest => largest > 0).Order().ToList() is { Count: > 0 } sizes ? sizes[(sizes.Count - 1) / 2] : 1;
        double Scale(Sample sample) => Math.Max(sample.Largest, usual);
        var apart = samples.Max(sample => sample.Apart / Scale(sample));
        if (!(apart <= Steady)) throw Fault.OnnxUnsteady(export.Path, apart, Steady);
        var farthest = samples.Max(sample => sample.Outside / Scale(sample));
        var quantized = export.Quantization != OnnxQuantization.None;
        var others = samples.Count(sample => sample.IsOther(quantized ? 0 : Tolerance * Scale(sample)));
        // Made-up samples are like none that the weights were trained for: which class eight bits give them says little.
        var allowed = !quantized ? 0 : export.CheckedOnProbes ? Math.Max(1, QuantizedShare * export.Checked) : double.PositiveInfinity;
        return others <= allowed && farthest <= export.Tolerance ? export with { OtherClasses = others, LargestDifference = farthest, OwnDifference = apart }
            : throw (quantized ? Fault.OnnxTooCoarse(export.Path, export.Model, export.Checked, others, farthest, export.Tolerance, double.IsFinite(allowed) ? (int)allowed : null)
                : Fault.OnnxDiffers(export.Path, export.Checked, others, farthest, export.Tolerance));
    }

    /// <summary>What was answered of a sample, alone and among others.</summary>
    /// <param name="Expected">By this module.</param>
    /// <param name="Actual">By ONNX Runtime.</param>
    sealed record Sample(IReadOnlyList<float[]> Expected, IReadOnlyList<float[]> Actual)
    {
        // What is no number is as far from anything as can be.
        public double Largest { get; } = Expected.Max(logits => logits.Max(logit => float.IsFinite(logit) ? Math.Abs((double)logit) : 0));

        /// <summary>How wide the span of this module's answers is.</summary>
        public double Apart => Classes.Max(label => Of(Expected, label) is var (low, high) && double.IsFinite(high - low) ? high - low : double.PositiveInfinity);

        /// <summary>How far outside of that span the other's answers lie.</summary>
        public double Outside => Classes.Max(label =>
        {
            var ((low, high), (lowest, highest)) = (Of(Expected, label), Of(Actual, label));
            return double.IsFinite(highest - lowest) ? Math.Max(0, Math.Max(low - lowest, highest - high)) : double.PositiveInfinity;
        });

        IEnumerable<int> Classes => Enumerable.Range(0, Expected[0].Length);

        /// <summary>Of two classes that are as likely within the tolerance, or that this module itself takes now one and now the other of, neither is wrong.</summary>
        public bool IsOther(double within) => Actual.Any(logits => !logits.All(float.IsFinite) || !Expected.Any(own => own.Max() - own[Array.IndexOf(logits, logits.Max())] <= within));

        static (double Low, double High) Of(IReadOnlyList<float[]> answers, int label) => (answers.Min(logits => logits[label]), answers.Max(logits => logits[label]));
    }
}

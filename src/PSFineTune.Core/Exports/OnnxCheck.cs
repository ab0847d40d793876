using Microsoft.ML.OnnxRuntime;
using PSFineTune.Native;
using PSFineTune.Packaging.Probes;

namespace PSFineTune.Exports;

/// <summary>Whether ONNX Runtime answers of an exported file what this module answers.</summary>
static class OnnxCheck
{
    /// <summary>Of the largest logit: sums in another order.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Share of the probes that eight bits may give another class.</summary>
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
            return Judged(asked, export with { Checked = count, CheckedOnProbes = probes is not null }, count);
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

    static OnnxExport Judged(List<(int Sample, float[] Expected, float[] Actual)> asked, OnnxExport export, int count)
    {
        var scale = Math.Max(asked.Max(one => one.Expected.Max(Math.Abs)), float.Epsilon);
        var largest = asked.Max(one => one.Expected.Zip(one.Actual, (expected, actual) => float.IsFinite(actual) ? Math.Abs((double)expected - actual) : double.PositiveInfinity).Max()) / scale;
        // A network whose sums cancel each other says more or less in the next batch: nothing can be nearer to it than it is itself.
        var own = asked.GroupBy(one => one.Sample).Max(same => same.Max(one => one.Expected.Zip(same.First().Expected, (now, then) => Math.Abs(now - then)).Max())) / scale;
        var tolerance = Math.Max(Tolerance, 2 * own);
        var quantized = export.Quantization != OnnxQuantization.None;
        // Of two classes that are as likely within the tolerance, neither is wrong.
        bool IsOther(float[] expected, float[] actual) => expected.Max() - expected[Array.IndexOf(actual, actual.Max())] > (quantized ? 0 : tolerance * scale);
        var others = asked.Where(one => !one.Actual.All(float.IsFinite) || IsOther(one.Expected, one.Actual)).Select(one => one.Sample).Distinct().Count();
        // Made-up samples are like none that the weights were trained for: which class eight bits give them says little.
        var allowed = !quantized ? 0 : export.CheckedOnProbes ? QuantizedShare * count : count;
        return others <= allowed && largest <= (quantized ? double.MaxValue : tolerance) ? export with { OtherClasses = others, LargestDifference = largest }
            : throw Fault.OnnxDiffers(export.Path, count, others, largest, quantized ? "another class of one sample in twenty" : FormattableString.Invariant($"{tolerance:0.######} and no other class"));
    }
}

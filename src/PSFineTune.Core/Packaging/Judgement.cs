using PSFineTune.Data;
using PSFineTune.Metrics;

namespace PSFineTune.Packaging;

/// <summary>How far a judgement is.</summary>
/// <param name="Done">Samples.</param>
/// <param name="Count">Of all of them.</param>
/// <param name="Verdicts">Of the samples since the step before.</param>
/// <param name="Result">Null before the end.</param>
readonly record struct JudgementStep(int Done, int Count, IReadOnlyList<Verdict> Verdicts, Evaluation? Result);

/// <summary>A trained model on labelled samples; yields how many are done, and at the end what they show.</summary>
static class Judgement
{
    /// <exception cref="FineTuneException">NoSamples, UnknownColumn, a class the model does not know, or a sample that cannot be read.</exception>
    public static IEnumerable<JudgementStep> Of(TrainedModel model, JudgedData judged, EvaluationOptions options, CancellationToken cancel)
    {
        var samples = LabelledScores.Of(model, judged.Data, judged.Split);
        if (samples.Data.SampleAt(samples.Rows[0]).Metadata is var known && options.SliceBy.FirstOrDefault(column => !known.Keys.Contains(column, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw Fault.UnknownMetadata(unknown, [.. known.Keys]);

        var (done, count, temperature) = (0, samples.Rows.Length, model.Described.Temperature);
        IEnumerable<(Sample Sample, int Label, float[] Scores)> scores = samples.Read(cancel);
        if (judged.Fitted == judged.Data && judged.Split == Split.Validation)
        {
            // The same samples: they are looked at once.
            List<(Sample Sample, int Label, float[] Scores)> read = [];
            foreach (var one in scores)
            {
                read.Add(one);
                if (read.Count % LabelledScores.Step == 0) yield return new(read.Count, count, [], null);
            }
            temperature = Calibration.Fit([.. read.Select(one => (one.Label, one.Scores))], cancel);
            scores = read;
        }
        else if (judged.Fitted is { } fitted)
            foreach (var (fittedSoFar, all, found) in Calibration.Of(model, fitted, cancel))
            {
                temperature = found ?? temperature;
                if (found is null) yield return new(fittedSoFar, all, [], null);
            }

        var builder = new EvaluationBuilder(model.Described.Classes, options with { OfTexts = model.IsText });
        List<Verdict> verdicts = [];
        foreach (var (sample, label, raw) in scores)
        {
            var (predicted, confidence) = builder.Add(label, TemperatureScaling.Scale(raw, temperature), sample.Item, sample.Metadata);
            verdicts.Add(new(samples.Rows[done], label, predicted, confidence));
            if (++done % LabelledScores.Step != 0 && done < count) continue;
            yield return new(done, count, verdicts, null);
            verdicts = [];
        }
        yield return new(done, done, [], builder.Build(cancel) with { Temperature = temperature, TestTimeAugmentation = model.Views });
    }
}

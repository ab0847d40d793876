using PSFineTune.Metrics;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>A trained model on labelled samples; yields how many are done, and at the end what they show.</summary>
static class Judgement
{
    /// <exception cref="FineTuneException">NoSamples, a class the model does not know, or a sample that cannot be read.</exception>
    public static IEnumerable<(int Done, int Count, Evaluation? Result)> Of(TrainedModel model, JudgedData judged, int top, CancellationToken cancel)
    {
        var (data, split) = (judged.Data, judged.Split);
        PlanCheck.Kind(model.Described.Plan.Model, data);
        var rows = data.RowsOf(split);
        if (rows.Length == 0) throw Fault.NoSamples(split.ToString(), data.Reference.Root);
        var classes = model.Described.Classes;
        var indexOf = classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        if (data.Classes.FirstOrDefault(name => !indexOf.ContainsKey(name)) is { } unknown) throw Fault.UnknownClass(unknown, classes);

        using var predictor = model.NewPredictor();
        var builder = new EvaluationBuilder(classes, top);
        var done = 0;
        foreach (var part in rows.Chunk(predictor.BatchSize))
        {
            cancel.ThrowIfCancellationRequested();
            var samples = part.Select(data.SampleAt).ToArray();
            foreach (var (sample, scored) in samples.Zip(predictor.Score([.. samples.Select(sample => sample.Item)], cancel)))
                builder.Add([indexOf[sample.Label]], scored.Fault is { } fault ? throw fault : scored.Scores, [sample.Item]);
            yield return (done += part.Length, rows.Length, null);
        }
        var result = builder.Build();
        if (model.IsText) result = result with { TopLoss = [.. result.TopLoss.Select(loss => loss with { Text = loss.Path, Path = "" })] };
        yield return (done, done, result with { TestTimeAugmentation = model.Views });
    }
}

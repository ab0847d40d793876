using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>What a model says of labelled samples, at temperature 1.</summary>
/// <param name="Model">Whose own temperature does not count.</param>
/// <param name="Data">Of classes that the model knows.</param>
/// <param name="Rows">At least one.</param>
sealed record LabelledScores(TrainedModel Model, Dataset Data, int[] Rows)
{
    /// <summary>Samples between two words on how far it is.</summary>
    public const int Step = 32;

    /// <exception cref="FineTuneException">NoSamples, or a class the model does not know.</exception>
    public static LabelledScores Of(TrainedModel model, Dataset data, Split split)
    {
        PlanCheck.Kind(model.Described.Plan.Model, data);
        var (rows, classes) = (data.RowsOf(split), model.Described.Classes);
        if (rows.Length == 0) throw Fault.NoSamples(split.ToString(), data.Reference.Root);
        if (data.Classes.FirstOrDefault(name => !classes.Contains(name, StringComparer.Ordinal)) is { } unknown) throw Fault.UnknownClass(unknown, classes);
        return new(model.At(1), data, rows);
    }

    /// <summary>In the order of the rows; the label is the model's index of it.</summary>
    /// <exception cref="FineTuneException">A sample that cannot be read.</exception>
    public IEnumerable<(Sample Sample, int Label, float[] Scores)> Read(CancellationToken cancel)
    {
        var indexOf = Model.Described.Classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        using var predictor = Model.NewPredictor();
        foreach (var part in Rows.Chunk(predictor.BatchSize))
        {
            cancel.ThrowIfCancellationRequested();
            var samples = part.Select(Data.SampleAt).ToArray();
            foreach (var (sample, scored) in samples.Zip(predictor.Score([.. samples.Select(sample => sample.Item)], cancel)))
            {
                var scores = scored.Fault is { } fault ? throw fault : scored.Scores!;
                if (!Array.TrueForAll(scores, float.IsFinite)) throw Fault.NoProbability(sample.Item);
                yield return (sample, indexOf[sample.Label], scores);
            }
        }
    }
}

using PSFineTune.Data;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Comparison;

/// <summary>What a model says of samples whose classes it need not know.</summary>
static class ModelAnswers
{
    /// <summary>The name of the most probable class of each row, of equally probable ones the first; parts of some rows, in their order.</summary>
    /// <exception cref="FineTuneException">A sample that cannot be read; NoProbability; the model is one of other samples.</exception>
    public static IEnumerable<IReadOnlyList<string>> Of(TrainedModel model, Dataset data, int[] rows, CancellationToken cancel)
    {
        PlanCheck.Kind(model.Described.Plan.Model, data);
        // A temperature chooses no class otherwise.
        using var predictor = model.At(1).NewPredictor();
        foreach (var part in rows.Chunk(predictor.BatchSize))
        {
            cancel.ThrowIfCancellationRequested();
            yield return [.. predictor.Score([.. part.Select(data.ItemAt)], cancel).Select(scored => model.Described.Classes[Best(scored)])];
        }
    }

    static int Best(Scored scored)
    {
        var scores = scored.Fault is { } fault ? throw fault : scored.Scores!;
        if (!Array.TrueForAll(scores, float.IsFinite)) throw Fault.NoProbability(scored.Item);
        var best = 0;
        for (var at = 1; at < scores.Length; at++) if (scores[at] > scores[best]) best = at;
        return best;
    }
}

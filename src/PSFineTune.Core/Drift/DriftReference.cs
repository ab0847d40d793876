using PSFineTune.Data;
using PSFineTune.Embeddings;
using PSFineTune.Packaging;

namespace PSFineTune.Drift;

/// <summary>
/// What new samples are compared with, and by what features. With a model these are samples that it did not learn from: of
/// those that it did its features say what it knows by heart, and any other samples, the most usual ones too, would look new.
/// </summary>
/// <param name="Data">Of the reference.</param>
/// <param name="Splits">Which of them.</param>
/// <param name="Model">Whose features count; null for those of the module's own.</param>
/// <param name="Warning">What the user should know; null for nothing.</param>
sealed record DriftReference(Dataset Data, IReadOnlyList<Split> Splits, TrainedModel? Model, string? Warning = null)
{
    public bool IsText => Data is TextDataset || Model?.IsText == true;

    /// <summary>For a reader.</summary>
    public string Name => $"{Data.Reference.Root} ({string.Join(", ", Splits)})";

    /// <param name="model">A trained model, or null.</param>
    /// <param name="given">The reference, or null for the data of the model.</param>
    /// <param name="split">Which samples; null for all, and with a model for all but Train.</param>
    /// <param name="workspace">Of runs and caches.</param>
    /// <param name="progress">Of reading files; called on the calling thread.</param>
    /// <param name="cancel">Checked for every file.</param>
    /// <exception cref="FineTuneException">NoDriftReference, NoOwnData, OtherKind.</exception>
    public static DriftReference For(TrainedModel? model, Dataset? given, Split? split, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var data = given ?? (model ?? throw Fault.NoDriftReference()).OwnData(workspace, progress, cancel);
        if (model is not null) Training.PlanCheck.Kind(model.Described.Plan.Model, data);
        Split[] splits = split is { } one ? [one] : model is null ? [Split.Train, Split.Validation, Split.Test] : [Split.Validation, Split.Test];
        splits = [.. splits.Where(one => data.RowsOf(one).Length > 0)];
        if (splits.Length == 0) throw Fault.NoSamples(split?.ToString() ?? "Validation or Test", data.Reference.Root);
        return new(data, splits, model, model is null ? null : Doubt(model, data, splits));
    }

    public Embedder NewEmbedder() => Model is not null ? new ModelEmbedder(Model) : IsText ? new TextEmbedder() : new PictureEmbedder();

    static string? Doubt(TrainedModel model, Dataset data, Split[] splits) =>
        splits.Contains(Split.Train) ? "The model learned from the samples of Train: its features of them are not those of new samples, and drift may be seen where there is none."
        : model.Described.Plan.Dataset?.Root == data.Reference.Root && model.IsOtherThanLearned(data) ? $"The data at '{data.Reference.Root}' have changed since the model learned from them: some of the reference may be samples that it learned from."
        : null;
}

using PSFineTune.Data;

namespace PSFineTune.Packaging;

/// <summary>The samples that a model is judged on: those given, those of a folder, or its own.</summary>
/// <param name="Data">Of all splits.</param>
/// <param name="Split">Which of them.</param>
/// <param name="Warning">What the user should know of them; null for nothing.</param>
sealed record JudgedData(Dataset Data, Split Split, string? Warning = null)
{
    /// <param name="model">The model to judge.</param>
    /// <param name="given">A dataset, or null.</param>
    /// <param name="folder">Full path of a folder of labelled images or of a file of labelled texts, or null: all of it counts, or its test folder where it has splits.</param>
    /// <param name="split">Which samples; null for Test of a folder and Validation of a dataset.</param>
    /// <param name="workspace">Of runs and caches.</param>
    /// <param name="progress">Of reading files; called on the calling thread.</param>
    /// <param name="cancel">Checked for every file.</param>
    public static JudgedData For(
        TrainedModel model, Dataset? given, string? folder, Split? split, string workspace, IProgress<ImportProgress> progress, CancellationToken cancel)
    {
        if (given is not null) return new(given, split ?? Split.Validation);
        if (folder is not null)
            return new(Open(model, folder, workspace, progress, cancel), split ?? Split.Test);
        var own = model.OwnData(workspace, progress, cancel);
        return new(own, split ?? Split.Validation, model.IsOtherThanLearned(own) ? Changed(own) : null);
    }

    // Texts are read as those that the model learned from: by the same columns and classes, whatever the encoding.
    static Dataset Open(TrainedModel model, string path, string workspace, IProgress<ImportProgress> progress, CancellationToken cancel)
    {
        if (!model.IsText) return ImageDataset.Import(new() { Root = path, TestFraction = 1 }, workspace, cancel, progress);
        var learned = model.Described.Plan.Dataset as TextDatasetReference ?? new();
        return TextDataset.Import(new()
        {
            Root = path, TestFraction = 1, TextColumn = learned.TextColumn, LabelColumn = learned.LabelColumn,
            Format = Path.GetExtension(path).Equals(Path.GetExtension(learned.Root), StringComparison.OrdinalIgnoreCase) ? learned.Format : null,
            // A package keeps but the file's name.
            ClassFile = Path.IsPathFullyQualified(learned.ClassFile ?? "") && File.Exists(learned.ClassFile) ? learned.ClassFile : null,
        }, workspace, cancel, progress);
    }

    static string Changed(Dataset own) =>
        $"The data at '{own.Reference.Root}' have changed since the model learned from them: samples that it has seen may now be judged, and others be missing.";
}

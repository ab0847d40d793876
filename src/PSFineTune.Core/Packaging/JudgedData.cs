using PSFineTune.Data;

namespace PSFineTune.Packaging;

/// <summary>The samples that a user asks for.</summary>
/// <param name="Given">A dataset, or null.</param>
/// <param name="Folder">Full path of a folder of labelled images or of a file of labelled texts, or null: all of it counts, or its test folder where it has splits.</param>
/// <param name="Split">Null for Test of a folder and Validation of a dataset.</param>
sealed record DataChoice(Dataset? Given = null, string? Folder = null, Split? Split = null)
{
    /// <summary>Columns that must come with texts that are read.</summary>
    public IReadOnlyList<string> Metadata { get; init; } = [];

    /// <summary>The model's own validation samples are needed, too.</summary>
    public bool Calibrate { get; init; }
}

/// <summary>The samples that a model is judged on: those given, those of a folder, or its own.</summary>
/// <param name="Data">Of all splits.</param>
/// <param name="Split">Which of them.</param>
sealed record JudgedData(Dataset Data, Split Split)
{
    /// <summary>What the user should know of them.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Data whose validation samples a temperature is fitted on; null for no fit.</summary>
    public Dataset? Fitted { get; init; }

    /// <param name="model">The model to judge.</param>
    /// <param name="choice">What was asked for.</param>
    /// <param name="workspace">Of runs and caches.</param>
    /// <param name="progress">Of reading files; called on the calling thread.</param>
    /// <param name="cancel">Checked for every file.</param>
    public static JudgedData For(TrainedModel model, DataChoice choice, string workspace, IProgress<ImportProgress> progress, CancellationToken cancel)
    {
        var isOwn = choice is { Given: null, Folder: null };
        var own = isOwn ? model.OwnData(workspace, progress, cancel, choice.Metadata) : choice.Calibrate ? model.ValidationData(workspace, progress, cancel) : null;
        var judged = choice.Given is { } given ? new JudgedData(given, choice.Split ?? Split.Validation)
            : choice.Folder is { } folder ? new(Open(model, folder, choice.Metadata, workspace, progress, cancel), choice.Split ?? Split.Test)
            : new(own!, choice.Split ?? Split.Validation);
        List<string> warnings = [];
        if (own is not null && model.IsOtherThanLearned(own)) warnings.Add(Changed(own));
        if (!choice.Calibrate) return judged with { Warnings = warnings };
        if (judged.CountOfValidation(own!) is var same and > 0)
            warnings.Add($"The temperature is fitted on {same} of the samples that are judged, so log loss and calibration look better than they are: judge others, such as -Split Test.");
        return judged with { Warnings = warnings, Fitted = own };
    }

    // By their content, for a file may be in several datasets.
    int CountOfValidation(Dataset own)
    {
        var validation = own.RowsOf(Split.Validation).Select(row => Convert.ToHexString(own.HashAt(row))).ToHashSet();
        return Data.RowsOf(Split).Count(row => validation.Contains(Convert.ToHexString(Data.HashAt(row))));
    }

    // Texts are read as those that the model learned from: by the same columns and classes, whatever the encoding.
    static Dataset Open(TrainedModel model, string path, IReadOnlyList<string> metadata, string workspace, IProgress<ImportProgress> progress, CancellationToken cancel)
    {
        if (!model.IsText) return ImageDataset.Import(new() { Root = path, TestFraction = 1 }, workspace, cancel, progress);
        var learned = model.Described.Plan.Dataset as TextDatasetReference ?? new();
        return TextDataset.Import(new()
        {
            Root = path, TestFraction = 1, TextColumn = learned.TextColumn, LabelColumn = learned.LabelColumn, MetadataColumns = metadata,
            Format = Path.GetExtension(path).Equals(Path.GetExtension(learned.Root), StringComparison.OrdinalIgnoreCase) ? learned.Format : null,
            // A package keeps but the file's name.
            ClassFile = Path.IsPathFullyQualified(learned.ClassFile ?? "") && File.Exists(learned.ClassFile) ? learned.ClassFile : null,
        }, workspace, cancel, progress);
    }

    /// <summary>That data are not those that the model learned from, though they should be.</summary>
    public static string Changed(Dataset own) =>
        $"The data at '{own.Reference.Root}' have changed since the model learned from them: samples that it has seen may now be judged, and others be missing.";
}

using PSFineTune.Data.Texts;

namespace PSFineTune.Data;

/// <summary>Where texts are, how they are read and how they are split. What is null or empty is found from the files, and told by the reference of the dataset.</summary>
public sealed record TextDatasetReference : DatasetReference
{
    /// <summary>A file whose rows validate, full path; null where they are drawn or a column tells.</summary>
    public string? ValidationPath { get; init; }

    /// <summary>A file whose rows test, full path; null where they are drawn or a column tells.</summary>
    public string? TestPath { get; init; }

    /// <summary>How rows lie in the files.</summary>
    public TextFormat? Format { get; init; }

    /// <summary>Of all files; null where each tells its own.</summary>
    public string? Encoding { get; init; }

    /// <summary>What a model reads.</summary>
    public string? TextColumn { get; init; }

    /// <summary>The class.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>What a row is for: train, validation or test; null where no column tells.</summary>
    public string? SplitColumn { get; init; }

    /// <summary>Rows of one value, or of one match of the group pattern in it, share a split; null for no groups, or those of paths.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>Columns that come back as metadata of each sample.</summary>
    public IReadOnlyList<string> MetadataColumns { get; init => field = value.ToIndexable(); } = [];

    /// <summary>A file of class names, one a line, full path: labels are places in it, from 0. Null where labels are names.</summary>
    public string? ClassFile { get; init; }

    /// <summary>What is done about rows that cannot be used.</summary>
    public BadSamplePolicy OnBadText { get; init; }

    /// <summary>The files of rows as they were when the plan was made; empty for class folders.</summary>
    public IReadOnlyList<TextFileReference> Files { get; init => field = value.ToIndexable(); } = [];

    internal override Dataset Open(string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel) => TextDataset.Import(this, workspace, cancel, progress);

    internal override Dataset OpenReadOnly(string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel) => new TextImport(this, workspace, progress, readOnly: true).Run(cancel);

    internal override DatasetReference WithoutFolders() => (TextDatasetReference)base.WithoutFolders() with
    {
        ValidationPath = Path.GetFileName(ValidationPath),
        TestPath = Path.GetFileName(TestPath),
        ClassFile = Path.GetFileName(ClassFile),
        Files = [.. Files.Select(file => file with { Path = Path.GetFileName(file.Path) })],
    };

    public bool Equals(TextDatasetReference? other) =>
        base.Equals(other) && other is not null &&
        (ValidationPath, TestPath, Format, Encoding, TextColumn, LabelColumn, SplitColumn, GroupColumn, ClassFile, OnBadText) ==
        (other.ValidationPath, other.TestPath, other.Format, other.Encoding, other.TextColumn, other.LabelColumn, other.SplitColumn, other.GroupColumn, other.ClassFile, other.OnBadText) &&
        MetadataColumns.SequenceEqual(other.MetadataColumns) && Files.SequenceEqual(other.Files);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), TextColumn, LabelColumn, Format);
}

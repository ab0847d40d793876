namespace PSFineTune.Data;

/// <summary>Where images are, how they are found and how they are split.</summary>
public sealed record ImageDatasetReference : DatasetReference
{
    /// <summary>What is done about files that cannot be decoded.</summary>
    public BadSamplePolicy OnBadImage { get; init; }

    /// <summary>A csv file of path, label and perhaps split, full path; null where class folders tell the labels.</summary>
    public string? Manifest { get; init; }

    /// <summary>SHA-256 of the manifest as it was when the plan was made, lower-case hexadecimal; null where there is none.</summary>
    public string? ManifestHash { get; init; }

    internal override Dataset Open(string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel) => ImageDataset.Import(this, workspace, cancel, progress);

    internal override Dataset OpenReadOnly(string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel) => ImageDataset.ImportReadOnly(this, workspace, progress, cancel);

    internal override DatasetReference WithoutFolders() => (ImageDatasetReference)base.WithoutFolders() with { Manifest = Path.GetFileName(Manifest) };
}

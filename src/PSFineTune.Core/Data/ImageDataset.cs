namespace PSFineTune.Data;

/// <summary>Labelled image files with their splits.</summary>
public sealed class ImageDataset : Dataset
{
    readonly ImageColumns _columns;
    readonly ImageDatasetReference _reference;

    internal ImageDataset(ImageDatasetReference reference, ImageColumns columns, IReadOnlyList<SkippedImage> skipped, int ignored) =>
        (_reference, _columns, Skipped, Ignored) = (reference, columns, skipped, ignored);

    /// <summary>Full path of the folder.</summary>
    public string Root => _reference.Root;

    public override IReadOnlyList<string> Classes => _reference.Classes;

    public override int Count => _columns.Count;

    /// <summary>Image files that are in no split, with the reason.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; }

    /// <summary>Files that were passed over because their extension is not an image's.</summary>
    public int Ignored { get; }

    public override string Fingerprint => _reference.Fingerprint;

    public override DatasetReference Reference => _reference;

    /// <summary>Finds, hashes, decodes and splits the images that the settings name.</summary>
    /// <param name="settings">Root and everything about the split; fingerprint and classes are not read but found.</param>
    /// <param name="workspace">Folder whose cache remembers content hashes and verdicts by path, size and time.</param>
    /// <param name="cancel">Checked for every file.</param>
    /// <param name="progress">Called now and then, on the calling thread.</param>
    /// <exception cref="FineTuneException">The data cannot be trained on; the message says why and what to do.</exception>
    public static ImageDataset Import(
        ImageDatasetReference settings, string workspace, CancellationToken cancel = default, IProgress<ImportProgress>? progress = null) =>
        new ImageImport(settings, workspace, progress).Run(cancel);

    /// <summary>The same, for whoever may write nothing: what the workspace remembers is used, and stays as it is.</summary>
    internal static ImageDataset ImportReadOnly(ImageDatasetReference settings, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel) =>
        new ImageImport(settings, workspace, progress, readOnly: true).Run(cancel);

    internal override Sample SampleAt(int row) => _columns.Describe(new ImageSample
    {
        Path = PathAt(row),
        Metadata = _columns.Metadata.ToDictionary(column => column.Key, column => column.Value[row], StringComparer.OrdinalIgnoreCase),
    }, row, Classes);

    /// <summary>Full path.</summary>
    internal string PathAt(int row) => Path.GetFullPath(_columns.Paths[row], Root);

    internal override int LabelAt(int row) => _columns.Labels[row];

    internal override Split SplitAt(int row) => _columns.Splits[row];

    internal override string? GroupAt(int row) => _columns.Groups?[row];

    internal override ReadOnlySpan<byte> HashAt(int row) => _columns.HashAt(row);

    internal override ulong KeyAt(int row) => RandomStream.SampleKey(HashAt(row));
}

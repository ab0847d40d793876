namespace PSFineTune.Data;

/// <summary>A file that is a sample, with its label, before anything of it is read.</summary>
/// <param name="Path">Relative to the root, parts joined by '/'.</param>
/// <param name="Label">Class name.</param>
/// <param name="Split">As folders or manifest tell it; null where it is still to be drawn.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Time">Last change, UTC ticks.</param>
/// <param name="More">Cells of the manifest's further columns; null where it has none.</param>
readonly record struct FoundFile(string Path, string Label, Split? Split, long Size, long Time, string[]? More = null);

/// <summary>All samples of a folder or manifest.</summary>
/// <param name="Files">In ordinal order of their paths.</param>
/// <param name="Classes">In ordinal order, those without a sample too.</param>
/// <param name="Loose">Full paths of samples that lie in no class folder.</param>
/// <param name="Ignored">Count of files that are no samples by their extension.</param>
sealed record FoundFiles(IReadOnlyList<FoundFile> Files, IReadOnlyList<string> Classes, IReadOnlyList<string> Loose, int Ignored)
{
    /// <summary>Names of the manifest's further columns.</summary>
    public IReadOnlyList<string> MoreColumns { get; init; } = [];

    /// <summary>Full paths of the files of a kind below a folder, ordinal order; a path that is no folder is its own.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static IReadOnlyList<string> Under(string path, FileKind kind, CancellationToken cancel) => !Directory.Exists(path) ? [path]
        : [.. FileTree.List(path, cancel).Where(entry => !entry.IsFolder && kind.Owns(entry.Path)).Select(entry => Path.GetFullPath(entry.Path, path)).Order(StringComparer.Ordinal)];

    public bool Explicit(Split split) => Files.Any(file => file.Split == split);

    /// <summary>Samples of each class by what tells their split.</summary>
    public ClassTally Tally()
    {
        var tally = new ClassTally(Classes);
        var indices = Classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        foreach (var file in Files) tally.Add(indices[file.Label], file.Split);
        return tally;
    }
}

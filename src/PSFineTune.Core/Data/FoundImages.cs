namespace PSFineTune.Data;

/// <summary>An image file with its label, before anything of it is read.</summary>
/// <param name="Path">Relative to the root, parts joined by '/'.</param>
/// <param name="Label">Class name.</param>
/// <param name="Split">As folders or manifest tell it; null where it is still to be drawn.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Time">Last change, UTC ticks.</param>
/// <param name="More">Cells of the manifest's further columns; null where it has none.</param>
readonly record struct FoundImage(string Path, string Label, Split? Split, long Size, long Time, string[]? More = null);

/// <summary>All images of a folder or manifest.</summary>
/// <param name="Images">In ordinal order of their paths.</param>
/// <param name="Classes">In ordinal order, those without an image too.</param>
/// <param name="Loose">Images that lie in no class folder.</param>
/// <param name="Ignored">Count of files that are no images by their extension.</param>
sealed record FoundImages(IReadOnlyList<FoundImage> Images, IReadOnlyList<string> Classes, IReadOnlyList<SkippedImage> Loose, int Ignored)
{
    /// <summary>Names of the manifest's further columns.</summary>
    public IReadOnlyList<string> MoreColumns { get; init; } = [];

    public bool Explicit(Split split) => Images.Any(image => image.Split == split);

    /// <summary>Refuses what no classifier can be trained on.</summary>
    /// <exception cref="FineTuneException">NoImages, ClassesDifferInCase, EmptyClass, OneClass or ClassInOneSplit.</exception>
    public void Check(string root)
    {
        if (Images.Count == 0) throw Fault.NoImages(root, Loose.Count);
        var alike = Classes.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (alike is not null) throw Fault.ClassesDifferInCase(root, alike);
        var empty = Classes.Except(Images.Select(image => image.Label)).ToList();
        if (empty.Count > 0) throw Fault.EmptyClasses(root, empty);
        if (Classes.Count < 2) throw Fault.OneClass(root, Classes[0]);
        foreach (var split in new[] { Split.Train, Split.Validation }.Where(Explicit))
            if (Classes.Except(Images.Where(image => image.Split == split).Select(image => image.Label)).ToList() is { Count: > 0 } absent)
                throw Fault.ClassNotInSplit(root, absent, split);
    }
}

namespace PSFineTune.Data;

/// <summary>
/// Finds labelled images by folder: root/class/…, or root/train/class/… with validation and test beside train. Folders
/// below a class belong to it.
/// </summary>
static class ImageFolder
{
    static readonly HashSet<string> s_extensions = new(StringComparer.OrdinalIgnoreCase) { ".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif" };

    /// <exception cref="FineTuneException">The folder is missing, or is laid out in a way that does not tell what the splits are.</exception>
    public static FoundImages Find(string root, CancellationToken cancel)
    {
        if (!Directory.Exists(root)) throw Fault.NoFolder(root, File.Exists(root));
        var tree = FileTree.List(root, cancel);
        var (images, others) = (new List<TreeEntry>(), 0);
        foreach (var file in tree.Where(entry => !entry.IsFolder))
            if (s_extensions.Contains(Path.GetExtension(file.Path))) images.Add(file);
            else others++;
        var folders = tree.Where(entry => entry.IsFolder).Select(entry => entry.Path).ToList();
        var splits = SplitFolders(root, folders, images);

        var depth = splits.Count > 0 ? 1 : 0;
        var found = new List<FoundImage>(images.Count);
        var loose = new List<SkippedImage>();
        foreach (var image in images)
        {
            var parts = image.Path.Split('/', depth + 2);
            if (parts.Length == depth + 2) found.Add(new(image.Path, parts[depth], depth == 1 ? splits[parts[0]] : null, image.Size, image.Time));
            else loose.Add(new() { Path = Path.GetFullPath(image.Path, root), Reason = "The image lies in no class folder." });
        }
        found.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return new(found, ClassesOf(folders, splits), loose, others);
    }

    static string[] ClassesOf(List<string> folders, Dictionary<string, Split> splits) =>
        [.. folders.Select(folder => folder.Split('/'))
            .Where(parts => splits.Count == 0 ? parts.Length == 1 : parts.Length == 2 && splits.ContainsKey(parts[0]))
            .Select(parts => parts[^1]).Distinct().Order(StringComparer.Ordinal)];

    // The folders that are splits, none where the root holds the classes themselves. Only a train folder makes it sure: 'valid' may be a class.
    static Dictionary<string, Split> SplitFolders(string root, List<string> folders, List<TreeEntry> images)
    {
        var top = folders.Where(folder => !folder.Contains('/')).ToList();
        var splits = top.Where(folder => SplitName.Of(folder) is not null).ToDictionary(folder => folder, folder => SplitName.Of(folder)!.Value);
        if (!splits.ContainsValue(Split.Train))
        {
            var orphan = splits.Keys.FirstOrDefault(split => top.Any(other => folders.Contains(split + "/" + other)));
            if (orphan is not null || (splits.Count > 0 && splits.Count == top.Count)) throw Fault.NoTrainFolder(root, orphan ?? splits.Keys.First());
            return [];
        }
        if (splits.GroupBy(pair => pair.Value).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Fault.TwoFoldersOfSplit(root, twice.Key, twice.Select(pair => pair.Key));
        var beside = top.Where(folder => !splits.ContainsKey(folder) && images.Any(image => image.Path.StartsWith(folder + "/", StringComparison.Ordinal))).ToList();
        return beside.Count == 0 ? splits : throw Fault.MixedFolders(root, splits.Keys, beside);
    }
}

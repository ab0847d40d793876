namespace PSFineTune.Data;

/// <summary>
/// Finds labelled samples by folder: root/class/…, or root/train/class/… with validation and test beside train. Folders
/// below a class belong to it.
/// </summary>
static class ClassFolders
{
    /// <exception cref="FineTuneException">The folder is missing, or is laid out in a way that does not tell what the splits are.</exception>
    public static FoundFiles Find(string root, FileKind kind, CancellationToken cancel)
    {
        if (!Directory.Exists(root)) throw Fault.NoFolder(root, kind.Item, File.Exists(root));
        return Of(root, kind, FileTree.List(root, cancel));
    }

    /// <summary>The samples of a folder that is listed already.</summary>
    /// <param name="root">Full path.</param>
    /// <param name="kind">Of the samples.</param>
    /// <param name="tree">What lies below the root.</param>
    /// <param name="refused">Told of a layout that says not what the splits are; every folder named after a split is one then. Null throws it.</param>
    public static FoundFiles Of(string root, FileKind kind, IReadOnlyList<TreeEntry> tree, Action<FineTuneException>? refused = null)
    {
        var (samples, others) = (new List<TreeEntry>(), 0);
        foreach (var file in tree.Where(entry => !entry.IsFolder))
            if (kind.Owns(file.Path)) samples.Add(file);
            else others++;
        var folders = tree.Where(entry => entry.IsFolder).Select(entry => entry.Path).ToList();
        Dictionary<string, Split> splits;
        try
        {
            splits = SplitFolders(root, kind, folders, samples);
        }
        catch (FineTuneException fault) when (refused is not null)
        {
            refused(fault);
            splits = NamedAfterSplit(folders.Where(folder => !folder.Contains('/')));
        }

        var depth = splits.Count > 0 ? 1 : 0;
        var found = new List<FoundFile>(samples.Count);
        var loose = new List<string>();
        foreach (var sample in samples)
        {
            var parts = sample.Path.Split('/', depth + 2);
            if (parts.Length == depth + 2 && (depth == 0 || splits.ContainsKey(parts[0]))) found.Add(new(sample.Path, parts[depth], depth == 1 ? splits[parts[0]] : null, sample.Size, sample.Time));
            else loose.Add(Path.GetFullPath(sample.Path, root));
        }
        found.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return new(found, ClassesOf(folders, splits), loose, others);
    }

    static string[] ClassesOf(List<string> folders, Dictionary<string, Split> splits) =>
        [.. folders.Select(folder => folder.Split('/'))
            .Where(parts => splits.Count == 0 ? parts.Length == 1 : parts.Length == 2 && splits.ContainsKey(parts[0]))
            .Select(parts => parts[^1]).Distinct().Order(StringComparer.Ordinal)];

    static Dictionary<string, Split> NamedAfterSplit(IEnumerable<string> folders) =>
        folders.Where(folder => SplitName.Of(folder) is not null).ToDictionary(folder => folder, folder => SplitName.Of(folder)!.Value);

    // The folders that are splits, none where the root holds the classes themselves. Only a train folder makes it sure: 'valid' may be a class.
    static Dictionary<string, Split> SplitFolders(string root, FileKind kind, List<string> folders, List<TreeEntry> samples)
    {
        var top = folders.Where(folder => !folder.Contains('/')).ToList();
        var splits = NamedAfterSplit(top);
        if (!splits.ContainsValue(Split.Train))
        {
            var orphan = splits.Keys.FirstOrDefault(split => top.Any(other => folders.Contains(split + "/" + other)));
            if (orphan is not null || (splits.Count > 0 && splits.Count == top.Count)) throw Fault.NoTrainFolder(root, orphan ?? splits.Keys.First());
            return [];
        }
        if (splits.GroupBy(pair => pair.Value).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Fault.TwoFoldersOfSplit(root, twice.Key, twice.Select(pair => pair.Key));
        var beside = top.Where(folder => !splits.ContainsKey(folder) && samples.Any(sample => sample.Path.StartsWith(folder + "/", StringComparison.Ordinal))).ToList();
        return beside.Count == 0 ? splits : throw Fault.MixedFolders(root, kind.Item, splits.Keys, beside);
    }
}

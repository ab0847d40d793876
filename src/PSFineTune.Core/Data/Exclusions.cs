namespace PSFineTune.Data;

/// <summary>What an import leaves out although it is there, and which of it was met.</summary>
/// <param name="given">As <see cref="DatasetReference.Exclude"/> has it.</param>
sealed class Exclusions(IReadOnlyList<string> given)
{
    readonly HashSet<string> _given = new(given, FilePlace.Names), _met = new(FilePlace.Names);

    /// <summary>How many named nothing that was found.</summary>
    public int Unmet => _given.Count - _met.Count;

    /// <summary>Whether a file is left out.</summary>
    /// <param name="path">Relative to the root, parts joined by '/'.</param>
    public bool Cover(string path)
    {
        if (!_given.Contains(path)) return false;
        _met.Add(path);
        return true;
    }

    /// <summary>Whether a row is left out, by itself or with its file.</summary>
    public bool Cover(string path, int line) => _given.Count > 0 && (Cover($"{path}:{line}") || Cover(path));

    /// <summary>What was found, without them.</summary>
    public FoundFiles From(FoundFiles found, string root) => _given.Count == 0 ? found : found with
    {
        Files = [.. found.Files.Where(file => !Cover(file.Path))],
        Loose = [.. found.Loose.Where(path => !Cover(FileTree.Relative(root, path)))],
    };
}

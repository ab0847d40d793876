using System.Text.RegularExpressions;

namespace PSFineTune.Reports;

/// <summary>Takes the folders of a machine out of messages: a report is mailed around, and who had what where is nobody's business.</summary>
sealed partial class PathVeil
{
    readonly string[] _folders;

    /// <param name="folders">Full paths that are known, which may hold blanks; of each only the last name stays.</param>
    public PathVeil(IEnumerable<string?> folders) =>
        _folders = [.. folders.OfType<string>().Where(Path.IsPathFullyQualified).Select(Path.TrimEndingDirectorySeparator).Where(folder => Path.GetFileName(folder).Length > 0).Distinct().OrderByDescending(folder => folder.Length)];

    public string Of(string text)
    {
        foreach (var folder in _folders) text = text.Replace(folder, Path.GetFileName(folder), StringComparison.Ordinal);
        return FullPath().Replace(text, "${name}");
    }

    /// <summary>A file's path below a folder, parts joined by '/'; its name alone where it lies elsewhere.</summary>
    public static string Below(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) || relative == "." ? Path.GetFileName(path) : relative.Replace('\\', '/');
    }

    [GeneratedRegex(@"(?<![\w.~:/\\])(?:[A-Za-z]:|\\)?[\\/](?:[^\\/'""\s<>|]+[\\/])+(?<name>[^\\/'""\s<>|]*)")]
    private static partial Regex FullPath();
}

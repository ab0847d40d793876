using System.Text.RegularExpressions;

namespace PSFineTune.Reports;

/// <summary>Takes the folders of a machine out of messages: a report is mailed around, and who had what where is nobody's business.</summary>
sealed partial class PathVeil
{
    // Its last name is the user's.
    static readonly string s_home = Path.TrimEndingDirectorySeparator(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    readonly string[] _folders;

    /// <param name="folders">Full paths that are known, which may hold blanks; of each only the last name stays.</param>
    public PathVeil(IEnumerable<string?> folders) =>
        _folders = [.. folders.OfType<string>().Where(Path.IsPathFullyQualified).Select(Path.TrimEndingDirectorySeparator).Where(folder => Path.GetFileName(folder).Length > 0).Distinct().OrderByDescending(folder => folder.Length)];

    public string Of(string text)
    {
        // A folder ends where its name does: another may begin alike.
        foreach (var folder in _folders) text = Regex.Replace(text, $@"{Regex.Escape(folder)}(?![\w-])", folder == s_home ? "~" : Path.GetFileName(folder).Replace("$", "$$"));
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

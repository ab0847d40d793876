namespace PSFineTune;

/// <summary>Which file a path means, whatever links lead to it: two paths of one place are one file.</summary>
static class FilePlace
{
    // As Linux allows; what needs more goes round.
    const int MostLinks = 40;

    /// <summary>How names are compared here: by letter, but on Windows and macOS, whose disks do not tell upper from lower case.</summary>
    public static StringComparer Names { get; } = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The full path with the links of all its folders, and its own, followed; what is not there is taken as it is written.</summary>
    public static string Of(string path)
    {
        var links = MostLinks;
        return Followed(path, ref links);
    }

    /// <summary>Whether both mean one file, there or not.</summary>
    public static bool AreOne(string path, string other) => Names.Equals(Of(path), Of(other));

    /// <summary>Whether a path, as somebody wrote it, can only be that of a folder.</summary>
    public static bool EndsAsFolder(string path) => path is [.., '/' or '\\'] || path[(path.LastIndexOfAny(['/', '\\']) + 1)..] is "." or "..";

    static string Followed(string path, ref int links)
    {
        var full = Path.GetFullPath(path);
        var place = Path.GetPathRoot(full) ?? "";
        foreach (var name in full[place.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            place = Path.Combine(place, name);
            if (links > 0 && TargetOf(place) is { } target)
            {
                links--;
                place = Followed(target, ref links);
            }
        }
        return place;
    }

    static string? TargetOf(string place)
    {
        try
        {
            var entry = new FileInfo(place);
            return entry.LinkTarget is null ? null : entry.ResolveLinkTarget(returnFinalTarget: false)?.FullName;
        }
        // A folder that may not be looked into, or links in a circle.
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using PSFineTune.Audit;

namespace PSFineTune.Pictures;

/// <summary>A finding as it is shown: its picture under the rule, and beside it the picture that it is compared with.</summary>
static class FindingItem
{
    public static GridItem Of(AuditFinding finding) => new(finding.Path)
    {
        IsFinding = true,
        Text = $"{finding.Rule}: {Name(finding.Path, finding.RelatedPath)}",
        Beside = finding.RelatedPath is { } related && Path.HasExtension(related) ? new(related) { IsFinding = true, Text = Name(related, finding.Path) } : null,
    };

    // What differs of both paths, and at least the class and the file.
    static string Name(string path, string? other)
    {
        var (parts, others) = (Parts(path), other is null ? [] : Parts(other));
        var shared = parts.Zip(others).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join('/', parts[(other is null ? Math.Max(0, parts.Length - 2) : Math.Clamp(parts.Length - 2, 0, shared))..]);
    }

    static string[] Parts(string path) => path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
}

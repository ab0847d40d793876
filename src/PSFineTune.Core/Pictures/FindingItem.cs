using PSFineTune.Audit;

namespace PSFineTune.Pictures;

/// <summary>A finding as it is shown: its picture or text under the reason, and beside it the one that it is compared with.</summary>
static class FindingItem
{
    /// <summary>The item without its texts, which are read when all findings are there.</summary>
    public static GridItem Of(AuditFinding finding) => Captioned(new(finding.Path)
    {
        Finding = finding,
        Line = finding.Line,
        Beside = finding.RelatedPath is { } related && (finding.RelatedLine is not null || Path.HasExtension(related)) ? new(related) { Finding = finding, Line = finding.RelatedLine } : null,
    });

    /// <summary>The same with its captions: rule and reason above the name, and above its partner who that is.</summary>
    /// <param name="item">Of a finding.</param>
    /// <param name="text">That it is about; null where it is about none, or that cannot be read.</param>
    /// <param name="related">The text beside it.</param>
    public static GridItem Captioned(GridItem item, string? text = null, string? related = null)
    {
        var finding = item.Finding!;
        var reason = FindingReason.Of(finding, text, related);
        return item with
        {
            Text = $"{finding.Rule}{(reason.Length > 0 ? ": " : "")}{OneLine(reason)}\n{Name(finding.Path, finding.Line, finding.RelatedPath)}",
            Beside = item.Beside is null ? null : item.Beside with { Text = $"the other\n{Name(finding.RelatedPath!, finding.RelatedLine, finding.Path)}" },
        };
    }

    // What differs of both paths, and at least the class and the file; of rows the file and the line.
    static string Name(string path, int? line, string? other)
    {
        if (line > 1 || (line == 1 && !path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))) return $"{OneLine(Path.GetFileName(path))}, line {line}";
        var (parts, others) = (Parts(path), other is null ? [] : Parts(other));
        var shared = parts.Zip(others).TakeWhile(pair => pair.First == pair.Second).Count();
        return OneLine(string.Join('/', parts[(other is null ? Math.Max(0, parts.Length - 2) : Math.Clamp(parts.Length - 2, 0, shared))..]));
    }

    static string OneLine(string text) => text.ReplaceLineEndings(" ");

    static string[] Parts(string path) => path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
}

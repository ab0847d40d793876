using System.Text;
using System.Text.RegularExpressions;

namespace PSFineTune.Build;

/// <summary>about_PSFineTune_Errors: every id that a fault in the sources can carry, so that the topic cannot go stale.</summary>
static partial class ErrorTopic
{
    const string Mark = "{{faults}}";

    /// <summary>Writes the topic; a fault whose id is not a literal comes back as a complaint.</summary>
    public static IReadOnlyList<string> Write(string sources, string template, string destination)
    {
        var found = new SortedDictionary<string, (string Kind, SortedSet<string> Messages)>(StringComparer.Ordinal);
        var complaints = new List<string>();
        foreach (var file in Directory.GetFiles(sources, "*.cs", SearchOption.AllDirectories).Where(file => file.Contains("PSFineTune.Core") || file.Contains("PSFineTune.Cmdlets")))
        {
            var text = File.ReadAllText(file);
            var faults = Faults().Matches(text);
            if (faults.Count != Makings().Count(text)) complaints.Add($"{Path.GetFileName(file)}: a fault must be made with a literal id, kind and message, or it is missing from about_PSFineTune_Errors.");
            foreach (Match fault in faults)
            {
                if (!found.TryGetValue(fault.Groups["id"].Value, out var entry)) found[fault.Groups["id"].Value] = entry = (fault.Groups["kind"].Value, []);
                entry.Messages.Add(Readable(fault.Groups["message"].Value));
            }
        }
        var head = File.ReadAllText(template);
        if (!head.Contains(Mark, StringComparison.Ordinal)) complaints.Add($"about_PSFineTune_Errors has no place for the list: {Mark}");
        if (complaints.Count > 0) return complaints;

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        File.WriteAllText(destination, head.Replace(Mark, Listed(found), StringComparison.Ordinal));
        return [];
    }

    static string Listed(SortedDictionary<string, (string Kind, SortedSet<string> Messages)> found)
    {
        var list = new StringBuilder();
        foreach (var (id, (kind, messages)) in found)
        {
            list.Append(id).Append("  (").Append(kind).Append(")\n");
            foreach (var message in messages) list.Append("        ").Append(message).Append('\n');
            list.Append("\n    ");
        }
        return list.ToString().TrimEnd();
    }

    // The message as a reader meets it: what is filled in becomes an ellipsis.
    static string Readable(string message) =>
        Hole().Replace(message, "…").Replace("\\\"", "\"", StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    // The first literal after the kind, holes with quotes in them included; a message chosen by a condition shows its first form.
    [GeneratedRegex("""\(\s*"(?<id>\w+)",\s*FaultKind\.(?<kind>\w+),[^"]*?\$?"(?<message>(?:\{(?:[^{}]|\{[^{}]*\})*\}|[^"\\{]|\\.)*)""" + "\"")]
    private static partial Regex Faults();

    [GeneratedRegex(@",\s*FaultKind\.\w+\s*,")]
    private static partial Regex Makings();

    [GeneratedRegex(@"\{(?:[^{}]|\{[^{}]*\})*\}")]
    private static partial Regex Hole();
}

using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PSFineTune.Build;

/// <summary>What the documentation comments say, as plain paragraphs.</summary>
sealed partial class Documentation(XDocument document, IReadOnlyList<CmdletType> cmdlets)
{
    const int LeastExamples = 3;

    readonly Dictionary<string, XElement> _members = document.Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);
    readonly Dictionary<string, string> _names = cmdlets.ToDictionary(cmdlet => $"T:{cmdlet.Type.FullName}", cmdlet => cmdlet.Name);

    public IReadOnlyList<string> Summary(MemberInfo member) => Paragraphs(Member(member)?.Element("summary"));

    public IReadOnlyList<string> Remarks(MemberInfo member) => Paragraphs(Member(member)?.Element("remarks"));

    /// <summary>The value element of a property: its default, where no attribute says it.</summary>
    public string? Default(MemberInfo member) => Paragraphs(Member(member)?.Element("value")).FirstOrDefault();

    public IEnumerable<(string Code, IReadOnlyList<string> Remarks)> Examples(MemberInfo member) =>
        Member(member)?.Elements("example").Select(example =>
            (Undented(example.Element("code")?.Value ?? ""), Paragraphs(new XElement("example", example.Nodes().Where(node => node is not XElement { Name.LocalName: "code" }))))) ?? [];

    /// <summary>Names of the cmdlets that the seealso elements point at.</summary>
    public IEnumerable<string> Related(MemberInfo member) =>
        Member(member)?.Elements("seealso").Select(also => _names.GetValueOrDefault((string?)also.Attribute("cref") ?? "")).OfType<string>() ?? [];

    /// <summary>What a reader of help would miss.</summary>
    public IEnumerable<string> Gaps(CmdletType cmdlet)
    {
        if (Summary(cmdlet.Type).Count == 0) yield return $"{cmdlet.Name} has no <summary>.";
        if (Examples(cmdlet.Type).Count(example => example.Code.Length > 0 && example.Remarks.Count > 0) is < LeastExamples and var count)
            yield return $"{cmdlet.Name} has {count} <example> with <code> and a sentence; {LeastExamples} are wanted.";
        foreach (var parameter in cmdlet.Parameters.Where(parameter => Summary(parameter.Property).Count == 0))
            yield return $"Parameter {parameter.Name} of {cmdlet.Name} has no <summary>.";
    }

    XElement? Member(MemberInfo member) =>
        _members.GetValueOrDefault(member is Type type ? $"T:{type.FullName}" : $"P:{member.DeclaringType!.FullName!.Split('[')[0]}.{member.Name}");

    IReadOnlyList<string> Paragraphs(XElement? element) =>
        element is null ? [] : [.. BlankLine().Split(Text(element)).Select(part => Space().Replace(part, " ").Trim()).Where(part => part.Length > 0)];

    string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "para" or "item" or "list" } block => $"\n\n{Text(block)}\n\n",
        XElement reference when (string?)(reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword")) is { } target && reference.IsEmpty =>
            _names.GetValueOrDefault(target) ?? target.Split('(')[0].Split('.', ':')[^1],
        XElement other => Text(other),
        _ => "",
    }));

    static string Undented(string code)
    {
        var lines = code.ReplaceLineEndings("\n").Trim('\n').TrimEnd().Split('\n');
        var margin = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length < margin ? "" : line[margin..]));
    }

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

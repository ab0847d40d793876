using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PSFineTune.Build;

/// <summary>The nuspec that a PowerShell gallery expects of a module: its manifest's words, and tags that tell what is inside.</summary>
static class GalleryPackage
{
    static readonly XNamespace s_nuspec = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    // The gallery refuses longer ones.
    const int LongestTags = 4000;

    /// <param name="manifest">The staged module's psd1.</param>
    /// <param name="version">Semantic version.</param>
    /// <param name="changelog">Keep a Changelog's form.</param>
    public static XDocument Nuspec(string manifest, string version, string changelog)
    {
        var text = File.ReadAllText(manifest);
        string One(string key) => Regex.Match(text, $@"^\s*{key}\s*=\s*'((?:[^']|'')*)'", RegexOptions.Multiline) is { Success: true } found ? found.Groups[1].Value.Replace("''", "'") : throw new InvalidDataException($"The manifest has no {key}.");
        string[] Many(string key) => [.. Regex.Matches(Regex.Match(text, $@"^\s*{key}\s*=\s*@\(([^)]*)\)", RegexOptions.Multiline).Groups[1].Value, "'([^']*)'").Select(match => match.Groups[1].Value)];
        return new(new XElement(s_nuspec + "package", new XElement(s_nuspec + "metadata",
            new XElement(s_nuspec + "id", "PSFineTune"),
            new XElement(s_nuspec + "version", version),
            new XElement(s_nuspec + "authors", One("Author")),
            new XElement(s_nuspec + "requireLicenseAcceptance", "false"),
            new XElement(s_nuspec + "license", new XAttribute("type", "file"), "LICENSE"),
            new XElement(s_nuspec + "description", One("Description")),
            new XElement(s_nuspec + "releaseNotes", Changelog.Of(changelog, version)),
            new XElement(s_nuspec + "copyright", One("Copyright")),
            new XElement(s_nuspec + "tags", Tags(Many("Tags"), Many("CmdletsToExport"))))));
    }

    // As Publish-PSResource writes them, as far as they fit.
    static string Tags(string[] own, string[] cmdlets)
    {
        var tags = string.Join(' ', [.. own, "PSModule", "PSIncludes_Cmdlet", .. cmdlets.Select(cmdlet => $"PSCmdlet_{cmdlet}")]);
        var more = string.Join(' ', [tags, .. cmdlets.Select(cmdlet => $"PSCommand_{cmdlet}")]);
        return more.Length <= LongestTags ? more : tags.Length <= LongestTags ? tags : string.Join(' ', [.. own, "PSModule", "PSIncludes_Cmdlet"]);
    }
}

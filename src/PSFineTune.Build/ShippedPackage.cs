using System.Xml.Linq;

namespace PSFineTune.Build;

/// <summary>A NuGet package as its nuspec describes it.</summary>
/// <param name="Folder">Where it is unpacked.</param>
/// <param name="Id">As the feed spells it.</param>
/// <param name="Version">Of the package.</param>
/// <param name="Licence">An SPDX expression; empty where the package only has a file or an address.</param>
/// <param name="Copyright">Whose it is.</param>
/// <param name="Project">Its page.</param>
/// <param name="Notices">Full paths of the licence and notice files in it, in ordinal order.</param>
sealed record ShippedPackage(string Folder, string Id, string Version, string Licence, string Copyright, string Project, IReadOnlyList<string> Notices)
{
    static readonly string[] s_notices = ["LICENSE", "LICENCE", "NOTICE", "THIRD", "COPYING"];

    /// <exception cref="InvalidDataException">The folder has no nuspec.</exception>
    public static ShippedPackage In(string folder)
    {
        var nuspec = Directory.GetFiles(folder, "*.nuspec").FirstOrDefault() ?? throw new InvalidDataException($"{folder} has no nuspec.");
        var facts = XDocument.Load(nuspec).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        string Fact(string name) => facts.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() ?? "";
        var licence = facts.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        var expression = licence?.Attribute("type")?.Value == "expression" ? licence.Value.Trim() : "";
        var copyright = Fact("copyright") is { Length: > 0 } told ? told : $"Copyright (c) {Fact("authors")}";
        return new(folder, Fact("id"), Fact("version"), expression, copyright, Fact("projectUrl"), [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => s_notices.Any(name => Path.GetFileName(file).StartsWith(name, StringComparison.OrdinalIgnoreCase)) && Path.GetExtension(file).ToUpperInvariant() is "" or ".TXT" or ".MD")
            .Where(file => Path.GetRelativePath(folder, file).Count(c => c == Path.DirectorySeparatorChar) <= 1).Order(StringComparer.Ordinal)]);
    }

    /// <summary>As package managers name it, https://github.com/package-url/purl-spec.</summary>
    public string Address => $"pkg:nuget/{Id}@{Version}";
}

using System.Text.RegularExpressions;

namespace PSFineTune.Build;

/// <summary>The module manifest with what only the build knows: the version and the names of the cmdlets.</summary>
static class Manifest
{
    public static void Write(string assembly, string template, string version, string destination)
    {
        using var cmdlets = new CmdletAssembly(assembly);
        var names = string.Join(", ", cmdlets.All.Select(cmdlet => $"'{cmdlet.Name}'"));
        // A manifest has the label of a semantic version apart.
        var (number, label) = version.Split('-', 2) is [var before, var after] ? (before, after) : (version, "");
        var text = Filled(File.ReadAllText(template), "ModuleVersion", $"'{number}'");
        text = Filled(text, "Prerelease", $"'{label}'");
        text = Filled(text, "CmdletsToExport", $"@({names})");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        File.WriteAllText(destination, text);
    }

    static string Filled(string text, string key, string value)
    {
        var line = new Regex($@"^(\s*{key}\s*=\s*)[^#\r\n]*?\s*(#.*)?$", RegexOptions.Multiline);
        return line.Count(text) == 1
            ? line.Replace(text, match => match.Groups[1].Value + value)
            : throw new InvalidDataException($"The manifest's template must have one line for {key}.");
    }
}

using System.Text;

namespace PSFineTune.Build;

/// <summary>The notices that the licences of the packages in the module ask for, in one text.</summary>
static class LicenceNotices
{
    public const string FileName = "THIRD-PARTY-NOTICES.txt";

    // In the order in which one is chosen where a package offers several.
    static readonly string[] s_known = ["MIT", "BSD-3-Clause", "Apache-2.0"];

    /// <exception cref="InvalidDataException">A package has neither a licence file nor a licence that is known.</exception>
    public static string Of(IReadOnlyList<ShippedFile> files, string version)
    {
        var text = new StringBuilder($"PSFineTune {version} is under the licence in the file LICENSE. It comes with files of the packages below, each under its own.\n"
            + "What Install-FineTuneRuntime brings is not among them: its packages have their licences with them.\n");
        var told = new Dictionary<string, string>();
        foreach (var package in files.Packages())
        {
            text.Append($"\n{new string('=', 100)}\n{package.Id} {package.Version}\n{package.Project}\n{package.Copyright}\n");
            if (package.Licence.Length > 0) text.Append($"Licence: {package.Licence}\n");
            text.Append($"Files: {string.Join(", ", files.Where(file => file.From == package).Select(file => file.Path))}\n");
            foreach (var (name, words) in Texts(package))
                text.Append(told.TryAdd(words, $"{package.Id}, {name}") ? $"\n--- {name}\n\n{words}\n" : $"\n--- {name}: as under {told[words]}\n");
        }
        return text.ToString();
    }

    static IEnumerable<(string Name, string Words)> Texts(ShippedPackage package)
    {
        foreach (var file in package.Notices) yield return (Path.GetFileName(file), File.ReadAllText(file).ReplaceLineEndings("\n").Trim('\n', ' ', '\uFEFF'));
        if (package.Notices.Count > 0) yield break;
        var licence = s_known.FirstOrDefault(known => package.Licence.Split(' ', '(', ')').Contains(known))
            ?? throw new InvalidDataException($"{package.Id} {package.Version} has no licence file, and its licence '{package.Licence}' is none of {string.Join(", ", s_known)}: see whether it may be passed on, then add its text to Licences/.");
        using var words = new StreamReader(typeof(LicenceNotices).Assembly.GetManifestResourceStream($"{licence}.txt")!);
        yield return (licence, words.ReadToEnd().ReplaceLineEndings("\n").Trim('\n'));
    }
}

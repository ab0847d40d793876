using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Font files of the machine. Opened by name of file: Skia's own list of fonts may be empty.</summary>
static class SystemFonts
{
    // A text that none of these has is drawn in the first; trying every font of a machine would take seconds.
    const int MostTried = 40;

    static readonly string[] s_preferred =
        ["DejaVuSans.ttf", "NotoSans-Regular.ttf", "segoeui.ttf", "arial.ttf", "Arial.ttf", "LiberationSans-Regular.ttf", "Helvetica.ttc"];

    static readonly Lazy<IReadOnlyList<SKTypeface>> s_all = new(() => Open(Folders()));

    /// <summary>A font with every character of the text, else the most preferred font, else null where the machine has none.</summary>
    public static SKTypeface? For(string text) => For(text, s_all.Value);

    internal static SKTypeface? For(string text, IReadOnlyList<SKTypeface> fonts) =>
        fonts.FirstOrDefault(typeface => Has(typeface, text)) ?? fonts.FirstOrDefault();

    static bool Has(SKTypeface typeface, string text)
    {
        using var font = new SKFont(typeface);
        return font.ContainsGlyphs(text);
    }

    /// <summary>The fonts below some folders, preferred ones first; files that are no font are left out.</summary>
    internal static IReadOnlyList<SKTypeface> Open(IEnumerable<string> folders)
    {
        var search = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };
        return [.. folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", search))
            .Where(path => Path.GetExtension(path).ToLowerInvariant() is ".ttf" or ".otf" or ".ttc")
            .OrderBy(Rank).ThenBy(path => path, StringComparer.Ordinal).Take(MostTried)
            .Select(path => SKTypeface.FromFile(path)).OfType<SKTypeface>()];
    }

    static int Rank(string path)
    {
        var name = Path.GetFileName(path);
        if (Array.IndexOf(s_preferred, name) is var place and >= 0) return place;
        return name.Contains("CJK") || name.Contains("Unicode") ? s_preferred.Length : name.Contains("Regular") ? s_preferred.Length + 1 : s_preferred.Length + 2;
    }

    static IEnumerable<string> Folders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (Environment.GetFolderPath(Environment.SpecialFolder.Fonts) is { Length: > 0 } fonts) yield return fonts;
        foreach (var folder in (string[])["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"]) yield return folder;
        foreach (var folder in (string[])[".fonts", ".local/share/fonts", "Library/Fonts", "AppData/Local/Microsoft/Windows/Fonts"]) yield return Path.Combine(home, folder);
    }
}

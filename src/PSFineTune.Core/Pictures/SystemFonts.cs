using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Font files of the machine. Opened by name of file: Skia's own list of fonts may be empty.</summary>
static class SystemFonts
{
    // Trying every font of a machine would take seconds.
    const int MostTried = 60;

    static readonly string[] s_preferred =
        ["DejaVuSans.ttf", "NotoSans-Regular.ttf", "segoeui.ttf", "arial.ttf", "Arial.ttf", "LiberationSans-Regular.ttf", "Helvetica.ttc"];

    // Parts of the names of fonts that have the scripts which the preferred ones lack, in the languages that fonts are named after.
    static readonly string[] s_wide = ["CJK", "Unicode", "wqy", "Emoji", "emj", "Arabic", "msyh", "msgothic", "YuGoth", "malgun", "PingFang", "Hiragino", "DroidSansFallback"];

    static readonly Lazy<IReadOnlyList<SKTypeface>> s_all = new(() => Open(Folders()));

    /// <summary>The machine's fonts, the preferred first; opened once.</summary>
    public static IReadOnlyList<SKTypeface> All => s_all.Value;

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
        var isWide = s_wide.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
        var isPlain = !name.Contains("Bold", StringComparison.OrdinalIgnoreCase) && !name.Contains("Italic", StringComparison.OrdinalIgnoreCase) && !name.Contains("Oblique", StringComparison.OrdinalIgnoreCase);
        return s_preferred.Length + (isWide, isPlain) switch { (true, true) => 0, (false, true) => 1, (true, false) => 2, _ => 3 };
    }

    static IEnumerable<string> Folders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (Environment.GetFolderPath(Environment.SpecialFolder.Fonts) is { Length: > 0 } fonts) yield return fonts;
        foreach (var folder in (string[])["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"]) yield return folder;
        foreach (var folder in (string[])[".fonts", ".local/share/fonts", "Library/Fonts", "AppData/Local/Microsoft/Windows/Fonts"]) yield return Path.Combine(home, folder);
    }
}

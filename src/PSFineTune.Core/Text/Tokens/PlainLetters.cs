using System.Globalization;
using System.Text;

namespace PSFineTune.Text.Tokens;

/// <summary>
/// Letters without their accents: Unicode's canonical decomposition, of which what has no width is left out. A table of our own,
/// because .NET asks a library of the system, and leaves letters as they are where there is none.
/// </summary>
static class PlainLetters
{
    const int FirstSyllable = 0xAC00, LastSyllable = 0xD7A3, Vowels = 21, Ends = 28;

    static readonly Lazy<Dictionary<Rune, Rune[]>> s_plain = new(Read);

    /// <summary>One letter, more, or none for an accent alone.</summary>
    /// <param name="small">Has no capital form.</param>
    public static IEnumerable<Rune> Of(Rune small) =>
        small.Value is >= FirstSyllable and <= LastSyllable ? Syllable(small.Value - FirstSyllable)
        : s_plain.Value.TryGetValue(small, out var letters) ? letters
        : Rune.GetUnicodeCategory(small) == UnicodeCategory.NonSpacingMark ? [] : [small];

    // Korean syllables are composed by rule (the Unicode Standard, section 3.12).
    static IEnumerable<Rune> Syllable(int number)
    {
        yield return new(0x1100 + number / (Vowels * Ends));
        yield return new(0x1161 + number / Ends % Vowels);
        if (number % Ends is > 0 and var end) yield return new(0x11A7 + end);
    }

    // A line: plain letters, a tab, and every small letter that comes down to them (Unicode 14).
    static Dictionary<Rune, Rune[]> Read()
    {
        using var stream = typeof(PlainLetters).Assembly.GetManifestResourceStream("accents.txt")!;
        using var reader = new StreamReader(stream);
        var plain = new Dictionary<Rune, Rune[]>();
        foreach (var line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var letters = line[..line.IndexOf('\t')].EnumerateRunes().ToArray();
            foreach (var accented in line[(line.IndexOf('\t') + 1)..].EnumerateRunes()) plain.Add(accented, letters);
        }
        return plain;
    }
}

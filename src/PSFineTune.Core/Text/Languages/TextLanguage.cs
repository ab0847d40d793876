using PSFineTune.Text.Chinese;

namespace PSFineTune.Text.Languages;

/// <summary>The language of a text, from its script and its stop words.</summary>
static class TextLanguage
{
    public const string Chinese = "zh", English = "en";

    // In a text of plain letters one word that is another language's alone tells too little: u is a Dutch word, and a short message's.
    const double Ahead = 1;

    static readonly Lazy<Dictionary<string, int[]>> s_languagesOf = new(() => WordLanguage.All
        .SelectMany((language, number) => language.StopWords.Select(word => (word, number)))
        .GroupBy(pair => pair.word, pair => pair.number, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a text is Chinese: it has no fewer Chinese characters than words of other scripts, and hardly any that are Japanese or Korean.</summary>
    public static bool IsChinese(string text) => Scripts(text) is (> 0 and var han, var words, var kana, var hangul) && han >= words && 5 * kana <= han && hangul <= han;

    /// <summary>
    /// ISO 639-1 code of a text's language: zh; ja or ko by their scripts; else the known language to which most of its stop words
    /// belong, where a word of several languages counts its share for each; English where there are none in Latin script; "" where
    /// nothing tells.
    /// </summary>
    public static string Of(string text)
    {
        if (IsChinese(text)) return Chinese;
        var (_, words, kana, hangul) = Scripts(text);
        if (kana + hangul > words) return kana >= hangul ? "ja" : "ko";
        Span<double> shares = stackalloc double[WordLanguage.All.Count];
        shares.Clear();
        var (latin, plain) = (false, true);
        for (var (from, to) = (0, 0); from < text.Length; from = to + 1)
        {
            for (to = from; to < text.Length && IsOfWord(text[to]); to++)
            {
                latin |= text[to] is >= 'A' and <= 'ɏ' && char.IsLetter(text[to]);
                plain &= char.IsAscii(text[to]) || !char.IsLetter(text[to]);
            }
            if (to == from || !s_languagesOf.Value.TryGetValue(text[from..to].Trim('\'', '’'), out var languages)) continue;
            foreach (var language in languages) shares[language] += 1.0 / languages.Length;
        }
        if (plain) shares[0] += Ahead;
        var best = 0;
        for (var i = 1; i < shares.Length; i++)
            if (shares[i] > shares[best]) best = i;
        return best > 0 ? WordLanguage.All[best].Code : latin ? English : "";
    }

    static (int Han, int Words, int Kana, int Hangul) Scripts(string text)
    {
        var (han, words, kana, hangul, within) = (0, 0, 0, 0, false);
        foreach (var character in text)
        {
            if (Han.Is(character)) han++;
            else if (character is >= '\u3041' and <= '\u30FF') kana++;
            else if (character is >= '\uAC00' and <= '\uD7A3') hangul++;
            else if (char.IsLetter(character))
            {
                if (!within) words++;
                within = true;
                continue;
            }
            within = false;
        }
        return (han, words, kana, hangul);
    }

    static bool IsOfWord(char character) => char.IsLetter(character) || character is '\'' or '’';
}

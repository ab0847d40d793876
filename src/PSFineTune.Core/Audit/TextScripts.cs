using PSFineTune.Text.Chinese;

namespace PSFineTune.Audit;

/// <summary>What letters a text is written in.</summary>
enum TextScript : byte { None, Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari, Thai, Chinese, Japanese, Korean, Other }

static class TextScripts
{
    /// <summary>The script of most letters; None where there are none. Kana among Chinese characters are Japanese.</summary>
    public static TextScript Of(string text)
    {
        Span<int> counts = stackalloc int[(int)TextScript.Other + 1];
        counts.Clear();
        foreach (var character in text)
            if (char.IsLetter(character)) counts[(int)Of(character)]++;
        if (5 * counts[(int)TextScript.Japanese] > counts[(int)TextScript.Chinese]) (counts[(int)TextScript.Japanese], counts[(int)TextScript.Chinese]) = (counts[(int)TextScript.Japanese] + counts[(int)TextScript.Chinese], 0);
        var most = 0;
        for (var script = 1; script < counts.Length; script++) if (counts[script] > counts[most]) most = script;
        return (TextScript)most;
    }

    /// <summary>Share of a text's letters that are of a script, 0 to 1; 0 where it has none.</summary>
    public static double Share(string text, TextScript script)
    {
        var (own, all) = (0, 0);
        foreach (var character in text)
            if (char.IsLetter(character)) (own, all) = (own + (Of(character) == script ? 1 : 0), all + 1);
        return all == 0 ? 0 : own / (double)all;
    }

    // By blocks of Unicode.
    static TextScript Of(char letter) => letter switch
    {
        < '\u0250' or (>= '\u1E00' and <= '\u1EFF') or (>= '\uFF21' and <= '\uFF5A') => TextScript.Latin,
        (>= '\u0370' and <= '\u03FF') or (>= '\u1F00' and <= '\u1FFF') => TextScript.Greek,
        >= '\u0400' and <= '\u052F' => TextScript.Cyrillic,
        >= '\u0530' and <= '\u058F' => TextScript.Armenian,
        >= '\u0590' and <= '\u05FF' => TextScript.Hebrew,
        (>= '\u0600' and <= '\u077F') or (>= '\uFB50' and <= '\uFEFC') => TextScript.Arabic,
        >= '\u0900' and <= '\u097F' => TextScript.Devanagari,
        >= '\u0E00' and <= '\u0E7F' => TextScript.Thai,
        >= '\u3041' and <= '\u30FF' => TextScript.Japanese,
        (>= '\uAC00' and <= '\uD7A3') or (>= '\u1100' and <= '\u11FF') => TextScript.Korean,
        _ => Han.Is(letter) ? TextScript.Chinese : TextScript.Other,
    };
}

using PSFineTune.Attributions;

namespace PSFineTune.Pictures;

/// <summary>A stretch of a text that is drawn in one piece.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="Weight">What it adds to the class; null for what stands between words.</param>
/// <param name="Color">Of its ground, red, green and blue; null for none.</param>
readonly record struct TextPiece(string Text, double? Weight, (byte Red, byte Green, byte Blue)? Color);

/// <summary>The grounds of words by what they add to a class: blue for it, orange against it, the stronger the fuller; black is read on all of them.</summary>
static class WordColors
{
    static readonly (byte Red, byte Green, byte Blue) s_for = (0x6F, 0xA8, 0xFF), s_against = (0xFF, 0x9E, 0x4A);

    // A fainter ground is not told from white.
    const double Least = 0.04;

    /// <summary>All of a text, cut at its words.</summary>
    public static IEnumerable<TextPiece> Pieces(Attribution attribution)
    {
        var (text, at) = (attribution.Text ?? "", 0);
        var most = attribution.Words.Select(word => Math.Abs(word.Weight)).Where(double.IsFinite).DefaultIfEmpty().Max();
        foreach (var word in attribution.Words)
        {
            if (word.From < at || word.From + word.Word.Length > text.Length) continue;
            if (word.From > at) yield return new(text[at..word.From], null, null);
            at = word.From + word.Word.Length;
            yield return new(text[word.From..at], word.Weight, most > 0 ? Of(word.Weight / most) : null);
        }
        if (at < text.Length) yield return new(text[at..], null, null);
    }

    /// <param name="share">Of the strongest word, -1 to 1.</param>
    static (byte, byte, byte)? Of(double share)
    {
        if (!(Math.Abs(share) >= Least)) return null;
        var (full, part) = (share > 0 ? s_for : s_against, Math.Min(1, Math.Abs(share)));
        return (Mixed(full.Red), Mixed(full.Green), Mixed(full.Blue));

        byte Mixed(byte level) => (byte)Math.Round(255 + (level - 255) * part);
    }
}

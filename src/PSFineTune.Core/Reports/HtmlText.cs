using System.Globalization;
using System.Text;

namespace PSFineTune.Reports;

/// <summary>Text as a page may hold it: what is markup to a browser is written as a reference, what is no visible character shows as one.</summary>
static class HtmlText
{
    /// <summary>In place of what cannot be shown, so that it is seen that something was there.</summary>
    const char Replacement = '\uFFFD';

    public static void Encode(string? text, StringBuilder to)
    {
        // Half of a surrogate pair comes out as the replacement character.
        foreach (var rune in (text ?? "").EnumerateRunes())
            if (Reference(rune.Value) is { } reference) to.Append(reference);
            else if (IsShown(rune)) to.Append(rune.ToString());
            else to.Append(Replacement);
    }

    /// <summary>The text, or its beginning with an ellipsis; no character is cut through.</summary>
    /// <param name="text">Of any length.</param>
    /// <param name="most">Characters as a reader counts them, at most.</param>
    public static string Short(string text, int most)
    {
        if (text.Length <= most) return text;
        // A reader's character is seldom more than a dozen of the machine's.
        var ends = StringInfo.ParseCombiningCharacters(text.Length > most * 16 ? text[..(most * 16)] : text);
        return ends.Length <= most ? text : text[..ends[most - 1]].TrimEnd() + "…";
    }

    static string? Reference(int value) => value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => null,
    };

    static bool IsShown(Rune rune) => rune.Value switch
    {
        '\t' or '\n' => true,
        // Direction that a text forces on what follows it: embeddings, overrides, isolates.
        >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 => false,
        0x2028 or 0x2029 or 0xFEFF => false,
        >= 0xFDD0 and <= 0xFDEF => false,
        var value => (value & 0xFFFE) != 0xFFFE && !Rune.IsControl(rune),
    };
}

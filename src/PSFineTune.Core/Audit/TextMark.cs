using System.Text;
using System.Text.RegularExpressions;

namespace PSFineTune.Audit;

/// <summary>What is odd about a text.</summary>
[Flags]
enum TextMarks : byte
{
    None = 0,

    /// <summary>Characters that stand for what could not be read.</summary>
    Replaced = 1,

    /// <summary>UTF-8 that was read as Windows-1252.</summary>
    Misread = 2,

    /// <summary>Characters that control a terminal, or halves of surrogate pairs.</summary>
    Control = 4,

    /// <summary>Tags or entities of HTML.</summary>
    Html = 8,

    /// <summary>No word: digits, addresses and signs alone.</summary>
    Wordless = 16,
}

/// <summary>Finds marks.</summary>
static partial class TextMark
{
    // Windows-1252's characters of the bytes 0x80 to 0x9F; bytes that it has none for are those of Latin-1.
    const string Upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    // What U+FFFD becomes where its UTF-8 is read as GBK.
    const string ReadAsGbk = "锟斤拷";

    public static TextMarks Of(string text) =>
        (text.Contains('\uFFFD') || text.Contains(ReadAsGbk, StringComparison.Ordinal) ? TextMarks.Replaced : 0)
        | (IsMisread(text) ? TextMarks.Misread : 0)
        | (HasControls(text) ? TextMarks.Control : 0)
        | (text.AsSpan().ContainsAny('<', '&') && Html().IsMatch(text) ? TextMarks.Html : 0)
        | (IsWordless(text) ? TextMarks.Wordless : 0);

    /// <summary>Whether characters beyond ASCII that stand side by side are, as bytes of Windows-1252, UTF-8: hardly any words are.</summary>
    static bool IsMisread(string text)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (var at = 0; at < text.Length; at++)
        {
            if (ByteOf(text[at]) is not { } first || first < 0xC2) continue;
            var length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            bytes[0] = first;
            var count = 1;
            while (count < length && at + count < text.Length && ByteOf(text[at + count]) is >= 0x80 and <= 0xBF and var next) bytes[count++] = next;
            if (count == length && Rune.DecodeFromUtf8(bytes[..length], out var rune, out _) == System.Buffers.OperationStatus.Done && IsLikely(rune.Value)) return true;
        }
        return false;
    }

    // Letters that texts are made of: a capital before a closing quote would be one of phonetics.
    static bool IsLikely(int rune) => rune is >= 0xA0 and <= 0x17F or >= 0x370 and <= 0x52F or >= 0x900;

    static byte? ByteOf(char character) => character is >= '\u00A0' and <= '\u00FF' ? (byte)character : character < '\u0080' ? null : Upper.IndexOf(character) is >= 0 and var place ? (byte)(0x80 + place) : null;

    static bool HasControls(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsControl(text[at]) && text[at] is not ('\t' or '\n' or '\r')) return true;
            if (!char.IsSurrogate(text[at])) continue;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return true;
            at++;
        }
        return false;
    }

    // An address is no word, though it has letters.
    static bool IsWordless(string text)
    {
        if (text.Length > 2000) return false;
        var rest = text.Contains('/') || text.Contains('@') || text.Contains("www.", StringComparison.OrdinalIgnoreCase) ? Address().Replace(text, " ") : text;
        return !rest.Any(char.IsLetter);
    }

    [GeneratedRegex("""</?(?:a|abbr|b|blockquote|body|br|code|div|em|font|h[1-6]|head|hr|html|i|img|li|link|meta|ol|p|pre|script|span|strong|style|sub|sup|table|tbody|td|th|title|tr|u|ul)(?:\s[^<>]{0,2000})?/?>|&(?:amp|lt|gt|quot|apos|nbsp|mdash|ndash|hellip|[lr][sd]quo|#\d{1,7}|#x[0-9a-f]{1,6});""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Html();

    [GeneratedRegex("""\b(?:https?://|ftp://|www\.)\S+|\S+@\S+\.\w+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}

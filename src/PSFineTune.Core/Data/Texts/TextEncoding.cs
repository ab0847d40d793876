using System.Text;

namespace PSFineTune.Data.Texts;

/// <summary>Encodings by name. Bytes that are none of an encoding's become <see cref="Invalid"/>, so that the line they are in can be told.</summary>
static class TextEncoding
{
    /// <summary>A noncharacter: Unicode promises that no text has it.</summary>
    public const char Invalid = '\uFFFF';

    public const string Utf8 = "utf-8", Utf16 = "utf-16", Utf16BigEndian = "utf-16BE", Utf32 = "utf-32", Gb18030 = "gb18030", Windows1252 = "windows-1252";

    // As PowerShell's -Encoding spells them elsewhere.
    static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = Utf8, ["utf8BOM"] = Utf8, ["utf8NoBOM"] = Utf8, ["utf16"] = Utf16, ["utf16le"] = Utf16, ["utf-16le"] = Utf16,
        ["bigendianunicode"] = Utf16BigEndian, ["ascii"] = "us-ascii", ["ansi"] = Windows1252, ["gbk"] = Gb18030, ["gb2312"] = Gb18030, ["latin1"] = Windows1252,
    };

    public static IEnumerable<string> Known => [Utf8, Utf16, Utf16BigEndian, Gb18030, Windows1252, "big5", "shift_jis", "euc-kr", "windows-1251", "iso-8859-1"];

    /// <summary>The name an encoding goes by.</summary>
    /// <exception cref="FineTuneException">UnknownName.</exception>
    public static string NameOf(string given) => Of(given).WebName;

    /// <exception cref="FineTuneException">UnknownName.</exception>
    public static Encoding Of(string given)
    {
        var name = s_aliases.GetValueOrDefault(given.Trim(), given.Trim());
        var replaced = new DecoderReplacementFallback(Invalid.ToString());
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, replaced)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, replaced);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            throw Fault.Unknown("encoding", given, Known);
        }
    }
}

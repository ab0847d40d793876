using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace PSFineTune.Data.Texts;

/// <summary>A record of a file of delimited cells.</summary>
/// <param name="Line">Of its beginning, from 1.</param>
/// <param name="LastLine">Of its end: a quoted cell may hold line breaks.</param>
/// <param name="Cells">Of the record, until the next is read.</param>
/// <param name="Wrong">What is wrong with its quotes; null for nothing.</param>
readonly record struct DelimitedRecord(int Line, int LastLine, IParser Cells, string? Wrong);

/// <summary>The one way delimited cells are read.</summary>
static class DelimitedText
{
    /// <summary>Records as they are asked for, blank ones left out; cells are trimmed outside of quotes.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="delimiter">What parts cells.</param>
    /// <param name="quoted">Cells may be quoted; otherwise a quote is a character as any.</param>
    /// <param name="path">For the fault.</param>
    /// <exception cref="FineTuneException">TextTooLong.</exception>
    public static IEnumerable<DelimitedRecord> Records(TextReader reader, string delimiter, bool quoted, string path)
    {
        string? bad = null;
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = true,
            Mode = quoted ? CsvMode.RFC4180 : CsvMode.NoEscape,
            BadDataFound = found => bad = found.Field,
            MaxFieldSize = LineReader.Longest,
        };
        using var parser = new CsvParser(reader, settings);
        while (Next(parser, path))
        {
            var last = parser.RawRow;
            var line = last - LineEndsWithin(parser.RawRecord, quoted);
            // Cells are looked at first: it is then that the parser finds bad quotes.
            for (var cell = 0; quoted && bad is null && cell < parser.Count; cell++) _ = parser[cell];
            var wrong = bad is not null ? $"the quotes of the cell '{Shortened(bad)}' do not match" : null;
            bad = null;
            yield return new(line, last, parser, wrong);
        }
    }

    /// <summary>The first that a line has of those in question; a comma where it has none.</summary>
    public static string DelimiterOf(string line) => s_delimiters.FirstOrDefault(line.Contains) ?? ",";

    static readonly string[] s_delimiters = [",", ";", "\t", "|"];

    // The parser counts to a record's last line. One whose quote is open at the end of the file has even the last line end within.
    static int LineEndsWithin(ReadOnlySpan<char> raw, bool quoted) =>
        (quoted && raw.Count('"') % 2 == 1 ? raw : raw.TrimEnd("\r\n")).Count('\n');

    static string Shortened(string text) => (text.Length > 40 ? text[..40] + "…" : text).ReplaceLineEndings(" ");

    static bool Next(CsvParser parser, string path)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw Fault.TextTooLong(path, Math.Max(1, parser.RawRow), LineReader.Longest);
        }
    }
}

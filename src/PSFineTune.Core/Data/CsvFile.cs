using System.Text;
using PSFineTune.Data.Texts;

namespace PSFineTune.Data;

/// <summary>
/// The one way csv is read: UTF-8 with or without a mark; cells parted by a comma, or by a semicolon, tab or bar where the
/// first line has no comma, as spreadsheets of many countries write it; quoted cells may hold line breaks. Cells are trimmed.
/// </summary>
static class CsvFile
{
    /// <summary>The records with the line each starts at; blank ones are left out. Read as they are asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wrong">The fault of a line, given what is wrong with it.</param>
    /// <exception cref="FineTuneException">CannotRead, or what <paramref name="wrong"/> makes.</exception>
    public static IEnumerable<(int Line, string[] Cells)> Read(string path, Func<int, string, FineTuneException> wrong)
    {
        using var reader = Guarded(() => new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), path, wrong);
        using var records = Records(reader, path, wrong).GetEnumerator();
        while (Guarded(records.MoveNext, path, wrong)) yield return records.Current;
    }

    /// <summary>The same of a text.</summary>
    public static IEnumerable<(int Line, string[] Cells)> Parse(string text, Func<int, string, FineTuneException> wrong) =>
        Records(new StringReader(text.TrimStart('\uFEFF')), "text", wrong);

    static IEnumerable<(int Line, string[] Cells)> Records(TextReader reader, string name, Func<int, string, FineTuneException> wrong)
    {
        var first = reader.ReadLine() ?? "";
        foreach (var record in DelimitedText.Records(new RestoredLine(first, reader), DelimitedText.DelimiterOf(first), quoted: true, name))
            yield return record.Wrong is null ? (record.Line, record.Cells.Record!) : throw wrong(record.Line, record.Wrong);
    }

    static T Guarded<T>(Func<T> read, string path, Func<int, string, FineTuneException> wrong)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw wrong(1, "the file is not UTF-8 text");
        }
        catch (Exception why) when (why is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, why);
        }
    }

    /// <summary>A reader that gives again the line that was taken from it.</summary>
    sealed class RestoredLine(string line, TextReader rest) : TextReader
    {
        string? _line = line + "\n";
        int _at;

        public override int Read(char[] buffer, int index, int count)
        {
            if (_line is null) return rest.Read(buffer, index, count);
            var taken = Math.Min(count, _line.Length - _at);
            _line.CopyTo(_at, buffer, index, taken);
            if ((_at += taken) == _line.Length) _line = null;
            return taken;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) rest.Dispose();
            base.Dispose(disposing);
        }
    }
}

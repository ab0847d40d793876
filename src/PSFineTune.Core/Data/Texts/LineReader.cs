using System.Buffers;
using System.Text;

namespace PSFineTune.Data.Texts;

/// <summary>Lines with their numbers, from 1, ended by \n, \r\n or \r; none may be longer than memory should hold.</summary>
static class LineReader
{
    /// <summary>Characters of the longest text that is read.</summary>
    public const int Longest = 8 << 20;

    static readonly SearchValues<char> s_ends = SearchValues.Create("\r\n");

    /// <param name="reader">Read as lines are asked for.</param>
    /// <param name="path">For the fault.</param>
    /// <exception cref="FineTuneException">TextTooLong.</exception>
    public static IEnumerable<(int Line, string Text)> Read(TextReader reader, string path)
    {
        var buffer = new char[16 << 10];
        var begun = new StringBuilder();
        var (line, skipFeed) = (1, false);
        while (reader.Read(buffer, 0, buffer.Length) is > 0 and var count)
        {
            var at = 0;
            if (skipFeed && buffer[0] == '\n') at = 1;
            skipFeed = false;
            while (buffer.AsSpan(at, count - at).IndexOfAny(s_ends) is >= 0 and var length)
            {
                yield return (line++, begun.Length == 0 ? new(buffer, at, length) : begun.Append(buffer, at, length).ToString());
                begun.Clear();
                at += length + 1;
                if (buffer[at - 1] != '\r') continue;
                if (at == count) skipFeed = true;
                else if (buffer[at] == '\n') at++;
            }
            begun.Append(buffer, at, count - at);
            if (begun.Length > Longest) throw Fault.TextTooLong(path, line, Longest);
        }
        if (begun.Length > 0) yield return (line, begun.ToString());
    }

    /// <summary>The same without those that are blank.</summary>
    public static IEnumerable<(int Line, string Text)> ReadFilled(TextReader reader, string path) => Read(reader, path).Where(line => !string.IsNullOrWhiteSpace(line.Text));
}

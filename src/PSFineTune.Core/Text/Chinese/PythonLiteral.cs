using System.Text;

namespace PSFineTune.Text.Chinese;

/// <summary>
/// Tables that are a Python module of one assignment, P={...}, of dictionaries, tuples, strings and numbers: read as what they
/// are, nothing is run. A tuple of two strings, such as a state, becomes one string with a slash between.
/// </summary>
static class PythonLiteral
{
    const int MostNested = 8;

    /// <summary>The same as JSON; commas may trail.</summary>
    /// <exception cref="FormatException">Something else.</exception>
    public static string ToJson(string python)
    {
        var begin = python.IndexOf("P={", StringComparison.Ordinal);
        if (begin < 0) throw new FormatException("It has no P={...}.");
        var json = new StringBuilder(python.Length);
        var end = Value(python, begin + 2, json, 0);
        if (!python.AsSpan(end).Trim().IsEmpty) throw new FormatException($"Something stands behind the table, at character {end}.");
        return json.ToString();
    }

    // Writes the value that begins there, and tells where it ends.
    static int Value(string text, int at, StringBuilder json, int depth)
    {
        if (depth > MostNested) throw new FormatException("It is nested deeper than such tables are.");
        return text[at] switch
        {
            '{' => Items(text, at, '}', json.Append('{'), depth),
            '(' when State(text, at) is { } state => Quoted(state, json),
            '(' => Items(text, at, ')', json.Append('['), depth),
            '\'' or '"' or 'u' => Quoted(String(text, at), json),
            _ => Number(text, at, json),
        };
    }

    static int Items(string text, int at, char close, StringBuilder json, int depth)
    {
        for (at = Skip(text, at + 1); text[at] != close; at = Skip(text, at))
        {
            if (text[at] is ',' or ':') json.Append(text[at++]);
            else at = Value(text, at, json, depth + 1);
        }
        json.Append(close == '}' ? '}' : ']');
        return at + 1;
    }

    // A tuple of two strings.
    static (string Value, int End)? State(string text, int at)
    {
        at = Skip(text, at + 1);
        if (text[at] is not ('\'' or '"' or 'u')) return null;
        var (first, comma) = String(text, at);
        comma = Skip(text, comma);
        if (text[comma] != ',' || text[at = Skip(text, comma + 1)] is not ('\'' or '"' or 'u')) return null;
        var (second, end) = String(text, at);
        return text[end = Skip(text, end)] == ')' ? ($"{first}/{second}", end + 1) : null;
    }

    static (string Value, int End) String(string text, int at)
    {
        if (text[at] == 'u') at++;
        var quote = text[at++];
        if (quote is not ('\'' or '"')) throw new FormatException($"Character {at - 1} is not expected.");
        var value = new StringBuilder();
        for (; text[at] != quote; at++)
        {
            if (text[at] != '\\') value.Append(text[at]);
            else if (text[++at] != 'u') value.Append(text[at]);
            else
            {
                value.Append((char)ushort.Parse(text.AsSpan(at + 1, 4), System.Globalization.NumberStyles.HexNumber));
                at += 4;
            }
        }
        return (value.ToString(), at + 1);
    }

    static int Quoted((string Value, int End) found, StringBuilder json)
    {
        json.Append(System.Text.Json.JsonSerializer.Serialize(found.Value));
        return found.End;
    }

    static int Number(string text, int at, StringBuilder json)
    {
        var end = at;
        while (char.IsAsciiDigit(text[end]) || text[end] is '-' or '+' or '.' or 'e') end++;
        if (end == at) throw new FormatException($"Character {at} is not expected.");
        json.Append(text, at, end - at);
        return end;
    }

    static int Skip(string text, int at)
    {
        while (char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}

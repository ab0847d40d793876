using System.Globalization;
using System.Text.RegularExpressions;

namespace PSFineTune.Pictures;

/// <summary>A line of pieces, from left to right as they are seen.</summary>
/// <param name="Pieces">In the order of the eye.</param>
/// <param name="FromRight">It begins at the right edge.</param>
sealed record FlowLine(IReadOnlyList<TextPiece> Pieces, bool FromRight);

/// <summary>Pieces of a text broken into lines: between words, and within one that is wider than a line.</summary>
static partial class TextFlow
{
    const string Ellipsis = "…";

    /// <param name="pieces">In reading order.</param>
    /// <param name="width">Measures a text.</param>
    /// <param name="most">Of a line, in the same unit.</param>
    /// <param name="count">Lines at most; what is left is an ellipsis.</param>
    /// <param name="all">Whether all of the text is in them.</param>
    public static IReadOnlyList<FlowLine> Lines(IEnumerable<TextPiece> pieces, Func<string, float> width, float most, int count, out bool all)
    {
        var (lines, line, used) = (new List<List<TextPiece>>(), new List<TextPiece>(), 0f);
        all = true;
        foreach (var chunk in Chunks(pieces, width, most))
        {
            var wide = chunk.Sum(piece => width(piece.Text));
            var isSpace = chunk.All(piece => string.IsNullOrWhiteSpace(piece.Text));
            if (isSpace && line.Count == 0) continue;
            if (used + wide > most && line.Count > 0)
            {
                lines.Add(line);
                (line, used) = ([], 0);
                if (lines.Count == count)
                {
                    all = false;
                    break;
                }
                if (isSpace) continue;
            }
            line.AddRange(chunk);
            used += wide;
        }
        if (all && line.Count > 0) lines.Add(line);
        if (!all) Shorten(lines[^1], width, most);
        var fromRight = IsRightToLeft(lines.SelectMany(pieces => pieces).Select(piece => piece.Text));
        return [.. lines.Select(pieces => new FlowLine([.. Seen(pieces, fromRight)], fromRight))];
    }

    // Words with what is joined to them, and the spaces between; what is wider than a line is cut into characters.
    static IEnumerable<List<TextPiece>> Chunks(IEnumerable<TextPiece> pieces, Func<string, float> width, float most)
    {
        var chunk = new List<TextPiece>();
        foreach (var piece in pieces)
            foreach (var part in SpacesOrNot().Matches(piece.Text).Select(match => match.Value))
            {
                var isSpace = char.IsWhiteSpace(part[0]);
                var next = piece with { Text = isSpace ? " " : part };
                var breaks = isSpace || chunk.Count > 0 && (chunk[^1].Text == " " || Breaks(chunk[^1].Text, part));
                if (chunk.Count > 0 && breaks)
                {
                    foreach (var whole in Cut(chunk, width, most)) yield return whole;
                    chunk = [];
                }
                chunk.Add(next);
            }
        if (chunk.Count > 0) foreach (var whole in Cut(chunk, width, most)) yield return whole;
    }

    static IEnumerable<List<TextPiece>> Cut(List<TextPiece> chunk, Func<string, float> width, float most)
    {
        if (chunk.Sum(piece => width(piece.Text)) <= most) return [chunk];
        return chunk.SelectMany(piece => Characters(piece.Text).Select(character => new List<TextPiece> { piece with { Text = character } }));
    }

    // Scripts that are written without spaces break anywhere.
    static bool Breaks(string before, string after) => IsWide(before[^1]) || IsWide(after[0]);

    static bool IsWide(char character) => character is >= '\u2E80' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3' or >= '\uF900' and <= '\uFAFF';

    static void Shorten(List<TextPiece> line, Func<string, float> width, float most)
    {
        while (line.Count > 0 && (string.IsNullOrWhiteSpace(line[^1].Text) || line.Sum(piece => width(piece.Text)) + width(Ellipsis) > most))
        {
            var characters = Characters(line[^1].Text).ToList();
            if (characters.Count <= 1) line.RemoveAt(line.Count - 1);
            else line[^1] = line[^1] with { Text = string.Concat(characters.SkipLast(1)) };
        }
        line.Add(new(Ellipsis, null, null));
    }

    // Runs of words of the other direction change places, as Unicode's bidirectional algorithm has it for whole words.
    static IEnumerable<TextPiece> Seen(List<TextPiece> line, bool fromRight)
    {
        var sides = line.Select(piece => VisualOrder.RunsFromRight(piece.Text)).ToArray();
        for (var i = 0; i < sides.Length; i++)
        {
            if (sides[i] is not null) continue;
            var next = Array.FindIndex(sides, i, side => side is not null);
            var (before, after) = (i > 0 ? sides[i - 1]!.Value : fromRight, next < 0 ? fromRight : sides[next]!.Value);
            sides[i] = before == after ? before : fromRight;
        }
        var runs = new List<List<TextPiece>>();
        for (var i = 0; i < line.Count; i++)
        {
            if (i == 0 || sides[i] != sides[i - 1]) runs.Add([]);
            if (sides[i]!.Value) runs[^1].Insert(0, line[i]);
            else runs[^1].Add(line[i]);
        }
        if (fromRight) runs.Reverse();
        return runs.SelectMany(run => run);
    }

    // By the first word that has a direction (Unicode Standard Annex 9, P2).
    static bool IsRightToLeft(IEnumerable<string> texts) => texts.Select(VisualOrder.RunsFromRight).FirstOrDefault(side => side is not null) ?? false;

    static IEnumerable<string> Characters(string text)
    {
        for (var all = StringInfo.GetTextElementEnumerator(text); all.MoveNext();) yield return all.GetTextElement();
    }

    [GeneratedRegex(@"\s+|\S+")]
    private static partial Regex SpacesOrNot();
}

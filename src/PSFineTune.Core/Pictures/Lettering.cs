using System.Globalization;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Draws one line of text. Skia without a system's fonts draws none and says nothing, so the font is always one of ours to know.</summary>
abstract class Lettering
{
    const string Ellipsis = "…";

    /// <summary>Characters, as a reader counts them, that were drawn as boxes.</summary>
    public abstract IReadOnlyCollection<string> Missing { get; }

    /// <summary>Width in pixels of a text at a size.</summary>
    public abstract float Width(string text, float size);

    /// <param name="canvas">Where to draw.</param>
    /// <param name="text">One line.</param>
    /// <param name="left">Left edge, pixels.</param>
    /// <param name="baseline">Where letters stand, pixels from the top.</param>
    /// <param name="size">Height of the letters' em square, pixels.</param>
    /// <param name="color">Of the ink.</param>
    public abstract void Draw(SKCanvas canvas, string text, float left, float baseline, float size, SKColor color);

    /// <summary>The text, or as much of it with an ellipsis as fits; whole characters only, as a reader counts them.</summary>
    public string Fitted(string text, float size, float width)
    {
        text = OneLine(text);
        if (Width(text, size) <= width) return text;
        var ends = StringInfo.ParseCombiningCharacters(text);
        for (var kept = ends.Length - 1; kept > 0; kept--)
            if (text[..ends[kept]].TrimEnd() + Ellipsis is var shorter && Width(shorter, size) <= width) return shorter;
        return Ellipsis;
    }

    /// <summary>The text in lines broken between words; the last takes what is left, with an ellipsis where that is too much.</summary>
    public IReadOnlyList<string> Lines(string text, float size, float width, int most)
    {
        var words = OneLine(text).Split(' ');
        var (lines, line) = (new List<string>(), 0);
        while (line < words.Length && lines.Count < most - 1)
        {
            var count = 1;
            while (line + count < words.Length && Width(string.Join(' ', words, line, count + 1), size) <= width) count++;
            lines.Add(Fitted(string.Join(' ', words, line, count), size, width));
            line += count;
        }
        if (line < words.Length && most > 0) lines.Add(Fitted(string.Join(' ', words[line..]), size, width));
        return lines;
    }

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

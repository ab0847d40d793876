using System.Globalization;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Draws one line of text. Skia without a system's fonts draws none and says nothing, so the font is always one of ours to know.</summary>
abstract class Lettering
{
    const string Ellipsis = "…";

    /// <summary>Width in pixels of a text at a size.</summary>
    public abstract float Width(string text, float size);

    /// <param name="canvas">Where to draw.</param>
    /// <param name="text">One line.</param>
    /// <param name="left">Left edge, pixels.</param>
    /// <param name="baseline">Where letters stand, pixels from the top.</param>
    /// <param name="size">Height of the letters' em square, pixels.</param>
    public abstract void Draw(SKCanvas canvas, string text, float left, float baseline, float size);

    /// <summary>A lettering that has every character of the text: a font of the system, else the built-in alphabet.</summary>
    public static Lettering For(string text) => SystemFonts.For(text) is { } font ? new FontLettering(font) : new DotLettering();

    /// <summary>The text, or as much of it with an ellipsis as fits; whole characters only, as a reader counts them.</summary>
    public string Fitted(string text, float size, float width)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (Width(text, size) <= width) return text;
        var ends = StringInfo.ParseCombiningCharacters(text);
        for (var kept = ends.Length - 1; kept > 0; kept--)
            if (text[..ends[kept]].TrimEnd() + Ellipsis is var shorter && Width(shorter, size) <= width) return shorter;
        return Ellipsis;
    }
}

/// <summary>Text in a font file; a character it lacks shows as the font's own box.</summary>
sealed class FontLettering(SKTypeface typeface) : Lettering
{
    public override float Width(string text, float size)
    {
        using var font = new SKFont(typeface, size);
        return font.MeasureText(text);
    }

    public override void Draw(SKCanvas canvas, string text, float left, float baseline, float size)
    {
        using var font = new SKFont(typeface, size) { Edging = SKFontEdging.Antialias };
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        canvas.DrawText(text, left, baseline, SKTextAlign.Left, font, ink);
    }
}

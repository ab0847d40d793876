using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Draws one line of text. Skia without a system's fonts draws none and says nothing, so the font is always one of ours to know.</summary>
abstract class Lettering
{
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

    /// <summary>The text, or as much of it with an ellipsis as fits.</summary>
    public string Fitted(string text, float size, float width) => TextFit.Line(text, part => Width(part, size), width);

    /// <summary>The text in at most so many lines.</summary>
    public IReadOnlyList<string> Lines(string text, float size, float width, int most) => TextFit.Lines(text, part => Width(part, size), width, most);
}

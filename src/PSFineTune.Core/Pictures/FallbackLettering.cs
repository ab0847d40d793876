using System.Globalization;
using System.Text;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Text in the fonts of a machine: each character in the first font that has it, and where none has, in dots of our own.</summary>
/// <param name="fonts">The preferred first.</param>
sealed class FallbackLettering(IReadOnlyList<SKTypeface> fonts) : Lettering
{
    readonly DotLettering _dots = new();
    readonly Dictionary<string, SKTypeface?> _fontOf = [];

    public override IReadOnlyCollection<string> Missing => _dots.Missing;

    public override float Width(string text, float size) => Runs(text).Sum(run => WidthOf(run, size));

    public override void Draw(SKCanvas canvas, string text, float left, float baseline, float size, SKColor color)
    {
        foreach (var run in Runs(text))
        {
            if (run.Font is null) _dots.Draw(canvas, run.Text, left, baseline, size, color);
            else
            {
                using var font = new SKFont(run.Font, size) { Edging = SKFontEdging.Antialias };
                using var ink = new SKPaint { Color = color, IsAntialias = true };
                canvas.DrawText(run.Text, left, baseline, SKTextAlign.Left, font, ink);
            }
            left += WidthOf(run, size);
        }
    }

    float WidthOf((string Text, SKTypeface? Font) run, float size)
    {
        // One dot's space follows, for a run in dots has no margin of its own.
        if (run.Font is null) return _dots.Width(run.Text, size) + DotLettering.Gap(size);
        using var font = new SKFont(run.Font, size);
        return font.MeasureText(run.Text);
    }

    // Neighbours in one font are one run, so that its kerning holds.
    List<(string Text, SKTypeface? Font)> Runs(string text)
    {
        var runs = new List<(string Text, SKTypeface? Font)>();
        foreach (var character in VisualOrder.Of(text, shaped => FontOf(shaped) is not null))
        {
            var font = FontOf(character);
            if (runs.Count > 0 && runs[^1].Font == font) runs[^1] = (runs[^1].Text + character, font);
            else runs.Add((character, font));
        }
        return runs;
    }

    SKTypeface? FontOf(string character)
    {
        if (_fontOf.TryGetValue(character, out var known)) return known;
        // What has no shape of its own joins others and asks for none: variation selectors, joiners.
        var shapes = string.Concat(character.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format && rune.Value is not (>= 0xFE00 and <= 0xFE0F)));
        return _fontOf[character] = fonts.FirstOrDefault(typeface => Has(typeface, shapes));
    }

    static bool Has(SKTypeface typeface, string text)
    {
        using var font = new SKFont(typeface);
        return font.ContainsGlyphs(text);
    }
}

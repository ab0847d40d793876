using PSFineTune.Attributions;
using PSFineTune.Imaging;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>A text drawn on white, its words on coloured grounds, in the largest letters in which all of it fits; what is too long ends in an ellipsis.</summary>
static class TextPicture
{
    const float Leading = 1.5f;
    const float Smallest = 9;

    // Letters as a part of the square root of the place.
    static readonly float[] s_sizes = [1 / 10f, 1 / 12f, 1 / 14f, 1 / 16f, 1 / 19f];

    public static Picture Of(Attribution attribution, int width, int height, Lettering lettering)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        using (var canvas = new SKCanvas(bitmap)) Draw(canvas, attribution, new(0, 0, width, height), lettering);
        var picture = new Picture(width, height);
        var from = bitmap.GetPixelSpan();
        var to = picture.Pixels;
        for (int at = 0, pixel = 0; at < to.Length; at += 3, pixel += 4) from.Slice(pixel, 3).CopyTo(to[at..]);
        return picture;
    }

    public static void Draw(SKCanvas canvas, Attribution attribution, SKRect place, Lettering lettering)
    {
        var side = MathF.Sqrt(place.Width * place.Height);
        var sizes = s_sizes.Select(part => Math.Clamp(part * side, Smallest, 32)).Distinct().ToList();
        foreach (var size in sizes)
        {
            var most = Math.Max(1, (int)(place.Height / (size * Leading)));
            var lines = TextFlow.Lines(WordColors.Pieces(attribution), text => lettering.Width(text, size), place.Width, most, out var all);
            if (!all && size != sizes[^1]) continue;
            for (var line = 0; line < lines.Count; line++) Line(canvas, lines[line], place, place.Top + size * Leading * line, size, lettering);
            return;
        }
    }

    static void Line(SKCanvas canvas, FlowLine line, SKRect place, float top, float size, Lettering lettering)
    {
        var left = line.FromRight ? place.Right - line.Pieces.Sum(piece => lettering.Width(piece.Text, size)) : place.Left;
        foreach (var piece in line.Pieces)
        {
            var width = lettering.Width(piece.Text, size);
            if (piece.Color is var (red, green, blue))
            {
                using var ground = new SKPaint { Color = new(red, green, blue), IsAntialias = true };
                canvas.DrawRoundRect(new(left, top + size * 0.1f, left + width, top + size * (Leading - 0.1f)), size * 0.15f, size * 0.15f, ground);
            }
            lettering.Draw(canvas, piece.Text, left, top + size * 1.1f, size, SKColors.Black);
            left += width;
        }
    }
}

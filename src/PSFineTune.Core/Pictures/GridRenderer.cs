using PSFineTune.Attributions;
using PSFineTune.Imaging;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Draws the pictures of a grid one after another, so that only one is in memory beside the whole.</summary>
/// <param name="grid">Its layout.</param>
/// <param name="captions">How much room is left above each picture.</param>
/// <param name="lettering">Of the captions.</param>
sealed class GridRenderer(ImageGrid grid, GridCaptions captions, Lettering lettering) : IDisposable
{
    const int Quality = 92;
    const float Leading = 1.3f;

    // As in the page: dark enough on white to be read, apart for those who see no red and green.
    static readonly SKColor s_right = new(0x1A, 0x7F, 0x37);
    static readonly SKColor s_wrong = new(0xC6, 0x28, 0x28);

    readonly SKBitmap _bitmap = White(grid.Width, grid.Height);

    /// <summary>Fits a picture into a cell, its shape kept, with the caption centred above.</summary>
    /// <param name="index">Of the cell, row after row.</param>
    /// <param name="picture">Null leaves the place empty.</param>
    /// <param name="caption">Null for none.</param>
    /// <param name="right">Whether the model is right, which colours the caption; null for black.</param>
    /// <param name="text">Drawn in place of a picture; null for none.</param>
    public void Draw(int index, Picture? picture, string? caption, bool? right = null, Attribution? text = null)
    {
        using var canvas = new SKCanvas(_bitmap);
        var (left, top, rightEdge, bottom) = grid.Cell(index);
        var side = Math.Min(rightEdge - left, bottom - top);
        var (gap, size) = (GridCaptions.Gap(side), captions.Size(side));
        var place = new SKRect(left + gap, top + gap + captions.Lines * size * Leading, rightEdge - gap, bottom - gap);
        if (caption is not null) Write(canvas, caption, size, place, right switch { true => s_right, false => s_wrong, null => SKColors.Black });
        if (place.Width < 1 || place.Height < 1) return;
        if (text is not null) TextPicture.Draw(canvas, text, place, lettering);
        if (picture is null) return;
        using var image = ToImage(picture);
        canvas.DrawImage(image, place.AspectFit(new(picture.Width, picture.Height)), Sampling(picture, place), null);
    }

    /// <summary>The bytes of an image file.</summary>
    /// <param name="path">Its ending says the format.</param>
    /// <exception cref="FineTuneException">PictureNotDrawn, where a side is more than the format holds.</exception>
    public byte[] Encode(string path)
    {
        using var pixels = _bitmap.PeekPixels();
        using var data = ImageWriter.FormatOf(path) switch
        {
            ImageFormat.Jpeg => pixels.Encode(SKEncodedImageFormat.Jpeg, Quality),
            ImageFormat.Webp => pixels.Encode(SKEncodedImageFormat.Webp, Quality),
            _ => pixels.Encode(SKPngEncoderOptions.Default),
        };
        return data?.ToArray() ?? throw Fault.PictureNotDrawn(path, grid.Width, grid.Height);
    }

    /// <summary>A picture alone as a JPEG file, made smaller where a side is longer than the limit.</summary>
    public static byte[] Thumbnail(Picture picture, int limit)
    {
        var scale = Math.Min(1, limit / (double)Math.Max(picture.Width, picture.Height));
        using var small = Resized(picture, Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        using var pixels = small.PeekPixels();
        using var data = pixels.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data!.ToArray();
    }

    /// <summary>A picture in another size, smoothly; R, G, B and alpha of each pixel.</summary>
    public static SKBitmap Resized(Picture picture, int width, int height)
    {
        var resized = White(width, height);
        using var canvas = new SKCanvas(resized);
        using var image = ToImage(picture);
        var place = new SKRect(0, 0, width, height);
        canvas.DrawImage(image, place, Sampling(picture, place), null);
        return resized;
    }

    public void Dispose() => _bitmap.Dispose();

    // The last line stands on the picture.
    void Write(SKCanvas canvas, string caption, float size, SKRect place, SKColor color)
    {
        var lines = lettering.Lines(caption, size, GridCaptions.Width(place.Width, size), captions.Lines);
        for (var line = 0; line < lines.Count; line++)
            lettering.Draw(canvas, lines[line], place.MidX - lettering.Width(lines[line], size) / 2, place.Top - size * (0.35f + Leading * (lines.Count - 1 - line)), size, color);
    }

    static SKBitmap White(int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        return bitmap;
    }

    // Smaller ones are averaged (mipmaps), larger ones stay sharp.
    static SKSamplingOptions Sampling(Picture picture, SKRect place) =>
        picture.Width > place.Width || picture.Height > place.Height ? new(SKFilterMode.Linear, SKMipmapMode.Linear) : new(SKCubicResampler.Mitchell);

    static SKImage ToImage(Picture picture)
    {
        var wide = new byte[4 * picture.Width * picture.Height];
        var pixels = picture.Pixels;
        for (int from = 0, to = 0; from < pixels.Length; from += 3, to += 4)
        {
            pixels.Slice(from, 3).CopyTo(wide.AsSpan(to));
            wide[to + 3] = 255;
        }
        return SKImage.FromPixelCopy(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), wide);
    }
}

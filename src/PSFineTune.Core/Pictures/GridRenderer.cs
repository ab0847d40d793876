using PSFineTune.Imaging;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>Draws the pictures of a grid one after another, so that only one is in memory beside the whole.</summary>
/// <param name="grid">Its layout.</param>
/// <param name="titled">Leaves room for a line of text above each picture.</param>
/// <param name="lettering">For a text; by default the machine's fonts, else the built-in alphabet.</param>
sealed class GridRenderer(ImageGrid grid, bool titled, Func<string, Lettering>? lettering = null) : IDisposable
{
    const int Quality = 92;

    readonly Func<string, Lettering> _lettering = lettering ?? Lettering.For;
    readonly SKBitmap _bitmap = White(grid.Width, grid.Height);

    /// <summary>Fits a picture into a cell, its shape kept, with the title centred above.</summary>
    /// <param name="index">Of the cell, row after row.</param>
    /// <param name="picture">Null leaves the place empty.</param>
    /// <param name="title">Null for none.</param>
    public void Draw(int index, Picture? picture, string? title)
    {
        using var canvas = new SKCanvas(_bitmap);
        var (left, top, right, bottom) = grid.Cell(index);
        var side = Math.Min(right - left, bottom - top);
        var (gap, size) = (Math.Max(1, side / 48f), Math.Clamp(side / 13f, 10, 28));
        var place = new SKRect(left + gap, top + gap + (titled ? size * 1.3f : 0), right - gap, bottom - gap);
        if (title is not null) Write(canvas, title, size, place);
        if (picture is null || place.Width < 1 || place.Height < 1) return;
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
        using var small = White(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        using (var canvas = new SKCanvas(small))
        {
            using var image = ToImage(picture);
            var place = new SKRect(0, 0, small.Width, small.Height);
            canvas.DrawImage(image, place, Sampling(picture, place), null);
        }
        using var pixels = small.PeekPixels();
        using var data = pixels.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data!.ToArray();
    }

    public void Dispose() => _bitmap.Dispose();

    void Write(SKCanvas canvas, string title, float size, SKRect place)
    {
        var letters = _lettering(title);
        var text = letters.Fitted(title, size, place.Width);
        letters.Draw(canvas, text, place.MidX - letters.Width(text, size) / 2, place.Top - size * 0.35f, size);
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

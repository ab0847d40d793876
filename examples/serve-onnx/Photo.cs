using SkiaSharp;

/// <summary>The part of the preprocessing that no graph has: a picture turned upright, its shorter side brought to a size, and its centre.</summary>
/// <param name="Side">Of the square centre, pixels.</param>
/// <param name="Shorter">The shorter side before, pixels.</param>
/// <param name="Cubic">Sampled by bicubic interpolation instead of bilinear.</param>
sealed record Photo(int Side, int Shorter, bool Cubic)
{
    /// <summary>Red, green, blue of each pixel, row after row; null where the bytes are no picture.</summary>
    public byte[]? Pixels(byte[] file)
    {
        using var codec = SKCodec.Create(SKData.CreateCopy(file));
        using var decoded = codec is null ? null : SKBitmap.Decode(codec);
        if (decoded is null) return null;
        using var photo = Upright(decoded, codec!.EncodedOrigin);
        var scale = (double)Shorter / Math.Min(photo.Width, photo.Height);
        var info = new SKImageInfo(Math.Max(Shorter, (int)(scale * photo.Width)), Math.Max(Shorter, (int)(scale * photo.Height)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        // Cubic sampling leaves pixels out where a picture shrinks by more than half; averages are nearer then.
        var how = scale >= 0.5 && Cubic ? new SKSamplingOptions(SKCubicResampler.CatmullRom) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        using var small = photo.Info.Size == info.Size ? photo.Copy(info.ColorType) : photo.Resize(info, how);
        var (left, top, pixels) = ((info.Width - Side) / 2, (info.Height - Side) / 2, new byte[Side * Side * 3]);
        for (var i = 0; i < pixels.Length; i++) pixels[i] = small.GetPixelSpan()[(top + i / 3 / Side) * small.RowBytes + (left + i / 3 % Side) * 4 + i % 3];
        return pixels;
    }

    // Cameras store pictures as they were held, and say in EXIF how to turn them.
    static SKBitmap Upright(SKBitmap photo, SKEncodedOrigin origin)
    {
        var (w, h, sideways) = (photo.Width, photo.Height, origin >= SKEncodedOrigin.LeftTop);
        var upright = new SKBitmap(new SKImageInfo(sideways ? h : w, sideways ? w : h, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(upright);
        canvas.SetMatrix(origin switch
        {
            SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
            _ => SKMatrix.Identity,
        });
        canvas.DrawBitmap(photo, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        return upright;
    }
}

using SkiaSharp;

/// <summary>The part of the preprocessing that no graph has: a picture turned upright, its shorter side brought to a size, and its centre.</summary>
/// <param name="Side">Of the square centre, pixels.</param>
/// <param name="Shorter">The shorter side before, pixels.</param>
/// <param name="Cubic">Sampled by bicubic interpolation instead of bilinear.</param>
sealed record Photo(int Side, int Shorter, bool Cubic)
{
    // Beyond these nobody took it with a camera, and a few bytes would ask for all memory there is.
    const long MostPixels = 100_000_000, MostTimesAsLong = 100;

    /// <summary>Red, green, blue of each pixel, row after row; null where the bytes are no picture, or a far too large or long one.</summary>
    public byte[]? Pixels(byte[] file)
    {
        using var codec = SKCodec.Create(SKData.CreateCopy(file));
        if (codec is null || !IsPhoto(codec.Info.Width, codec.Info.Height)) return null;
        using var decoded = SKBitmap.Decode(codec);
        if (decoded is null) return null;
        using var photo = Upright(decoded, codec.EncodedOrigin);
        var scale = (double)Shorter / Math.Min(photo.Width, photo.Height);
        var (width, height) = (Math.Max(Shorter, (int)(scale * photo.Width)), Math.Max(Shorter, (int)(scale * photo.Height)));
        // Cubic sampling leaves pixels out where a picture shrinks by more than half; averages are nearer then.
        var how = scale >= 0.5 && Cubic ? new SKSamplingOptions(SKCubicResampler.CatmullRom) : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        // The whole is never made at its new size, of which only the centre is wanted.
        var toCentre = new SKMatrix((float)width / photo.Width, 0, -((width - Side) / 2), 0, (float)height / photo.Height, -((height - Side) / 2), 0, 0, 1);
        using var centre = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(centre))
        using (var shader = photo.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp, how, toCentre))
        using (var paint = new SKPaint { Shader = shader })
            canvas.DrawPaint(paint);
        var pixels = new byte[Side * Side * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = centre.GetPixelSpan()[i / 3 / Side * centre.RowBytes + i / 3 % Side * 4 + i % 3];
        return pixels;
    }

    static bool IsPhoto(long width, long height) =>
        width > 0 && height > 0 && width * height <= MostPixels && Math.Max(width, height) <= MostTimesAsLong * Math.Min(width, height);

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

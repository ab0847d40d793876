using SkiaSharp;

/// <summary>The part of the preprocessing that no graph has: a picture turned upright, its shorter side brought to a size, and its centre.</summary>
/// <param name="Side">Of the square centre, pixels.</param>
/// <param name="Shorter">The shorter side before, pixels.</param>
/// <param name="Cubic">Sampled by bicubic interpolation instead of bilinear.</param>
sealed record Photo(int Side, int Shorter, bool Cubic)
{
    // Beyond these nobody took it with a camera, and a few bytes would ask for all memory there is.
    const long MostPixels = 100_000_000, MostTimesAsLong = 100;

    /// <summary>Red, green, blue of each pixel, row after row; null where the bytes are no picture, only the beginning of one, or a far too large or long one.</summary>
    public byte[]? Pixels(byte[] file)
    {
        using var codec = SKCodec.Create(SKData.CreateCopy(file));
        if (codec is null || !IsPhoto(codec.Info.Width, codec.Info.Height)) return null;
        using var decoded = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) != SKCodecResult.Success) return null;
        // Colours as they are stored, whatever shines through them.
        using var opaque = new SKBitmap();
        opaque.InstallPixels(decoded.Info.WithAlphaType(SKAlphaType.Opaque), decoded.GetPixels(), decoded.RowBytes);
        using var photo = Upright(opaque, codec.EncodedOrigin);
        var shorter = Math.Min(photo.Width, photo.Height);
        return Centre(photo, Taps(photo.Width, (int)((long)Shorter * photo.Width / shorter)), Taps(photo.Height, (int)((long)Shorter * photo.Height / shorter)));
    }

    static bool IsPhoto(long width, long height) =>
        width > 0 && height > 0 && width * height <= MostPixels && Math.Max(width, height) <= MostTimesAsLong * Math.Min(width, height);

    // For each pixel of the centre, those that it is a mean of: as Pillow and torchvision with antialias weigh them.
    (int First, float[] Weights)[] Taps(int from, int to)
    {
        double scale = (double)from / to, wide = Math.Max(1, scale), reach = (Cubic ? 2 : 1) * wide;
        return [.. Enumerable.Range((to - Side) / 2, Side).Select(at =>
        {
            var middle = (at + 0.5) * scale;
            var (first, end) = ((int)Math.Max(0, middle - reach + 0.5), (int)Math.Min(from, middle + reach + 0.5));
            double[] weights = [.. Enumerable.Range(first, end - first).Select(pixel => Weight(Math.Abs(pixel + 0.5 - middle) / wide))];
            var sum = weights.Sum();
            return (first, weights.Select(weight => (float)(weight / sum)).ToArray());
        })];
    }

    double Weight(double apart) => !Cubic ? Math.Max(0, 1 - apart)
        : apart < 1 ? (1.5 * apart - 2.5) * apart * apart + 1 : apart < 2 ? ((-0.5 * apart + 2.5) * apart - 4) * apart + 2 : 0;

    // Rows first, then columns, eight bits between.
    byte[] Centre(SKBitmap photo, (int First, float[] Weights)[] across, (int First, float[] Weights)[] down)
    {
        var (top, end) = (down[0].First, down.Max(tap => tap.First + tap.Weights.Length));
        var (rows, pixels) = (new byte[end - top, 3 * Side], new byte[Side * Side * 3]);
        Parallel.For(0, end - top, y =>
        {
            var row = photo.GetPixelSpan()[((top + y) * photo.RowBytes)..];
            for (var x = 0; x < 3 * Side; x++)
            {
                var ((first, weights), sum) = (across[x / 3], 0f);
                for (var i = 0; i < weights.Length; i++) sum += weights[i] * row[4 * (first + i) + x % 3];
                rows[y, x] = (byte)Math.Clamp(sum + 0.5f, 0, 255);
            }
        });
        for (var i = 0; i < pixels.Length; i++)
        {
            var ((first, weights), sum) = (down[i / (3 * Side)], 0f);
            for (var y = 0; y < weights.Length; y++) sum += weights[y] * rows[first - top + y, i % (3 * Side)];
            pixels[i] = (byte)Math.Clamp(sum + 0.5f, 0, 255);
        }
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

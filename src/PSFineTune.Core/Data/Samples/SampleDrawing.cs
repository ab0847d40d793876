using SkiaSharp;

namespace PSFineTune.Data.Samples;

/// <summary>Puts a set of drawn pictures on disk, folder/class/class-0001.png.</summary>
static class SampleDrawing
{
    /// <summary>Writes every picture; one of that name is replaced.</summary>
    /// <param name="set">What to draw.</param>
    /// <param name="folder">Full path; made where there is none.</param>
    /// <param name="cancel">Checked for every picture.</param>
    /// <param name="progress">Called on the calling thread.</param>
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void Write(PictureSet set, string folder, CancellationToken cancel, IProgress<ImportProgress>? progress = null) =>
        new FileWork(progress).Run("Drawing pictures", set.Classes.Count * set.Count, index =>
        {
            var (label, number) = (set.Classes[index / set.Count], index % set.Count + 1);
            var png = Png(set, label, number);
            try
            {
                Directory.CreateDirectory(Path.Combine(folder, label));
                File.WriteAllBytes(Path.Combine(folder, label, $"{label}-{number:0000}.png"), png);
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                throw Fault.CannotWrite(folder, wrong);
            }
        }, cancel);

    /// <summary>One picture.</summary>
    /// <param name="set">What to draw.</param>
    /// <param name="label">Class.</param>
    /// <param name="number">From 1.</param>
    public static byte[] Png(PictureSet set, string label, int number)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(set.Size, set.Size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var random = RandomStream.For(set.Seed, number, $"{set.GetType().Name}/{label}");
        using (var canvas = new SKCanvas(bitmap))
        {
            // Drawn in units: the picture is the square from -1 to 1.
            canvas.Translate(set.Size / 2f, set.Size / 2f);
            canvas.Scale(set.Size / 2f);
            set.Draw(new Scene(canvas, random), label);
        }
        AddNoise(bitmap.GetPixelSpan(), random, random.Uniform(2, 14));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    // As a sensor's: each channel of each pixel is off by its own amount, the level is the standard deviation.
    static void AddNoise(Span<byte> rgba, RandomStream random, double level)
    {
        for (var i = 0; i < rgba.Length; i++)
            if (i % 4 != 3) rgba[i] = (byte)Math.Clamp(Math.Round(rgba[i] + level * random.Normal()), 0, 255);
    }
}

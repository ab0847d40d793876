using SkiaSharp;

namespace PSFineTune.Data.Samples;

/// <summary>Puts a set of drawn pictures on disk, folder/class/class-0001.png.</summary>
static class SampleDrawing
{
    /// <summary>Refuses what cannot be drawn, or would mix with other files.</summary>
    /// <param name="set">What to draw.</param>
    /// <param name="folder">Full path.</param>
    /// <param name="force">Writes into a folder that is not empty.</param>
    /// <exception cref="FineTuneException">BadSampleSetting or FolderNotEmpty.</exception>
    public static void Check(SampleSet set, string folder, bool force)
    {
        if (set.Count < 1) throw Fault.BadSampleSetting(nameof(set.Count), set.Count, "at least 1");
        if (set.Size is < 16 or > 1024) throw Fault.BadSampleSetting(nameof(set.Size), set.Size, "16 to 1024");
        if (File.Exists(folder) || (!force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())) throw Fault.FolderNotEmpty(folder);
    }

    /// <summary>Writes every picture; one of that name is replaced.</summary>
    /// <param name="set">What to draw.</param>
    /// <param name="folder">Full path; made where there is none.</param>
    /// <param name="cancel">Checked for every picture.</param>
    /// <param name="progress">Called on the calling thread.</param>
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void Write(SampleSet set, string folder, CancellationToken cancel, IProgress<ImportProgress>? progress = null) =>
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
    public static byte[] Png(SampleSet set, string label, int number)
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

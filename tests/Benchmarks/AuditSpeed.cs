using System.Diagnostics;
using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Imaging;

namespace PSFineTune.Benchmarks;

/// <summary>An audit of made-up photos of 224 pixels against decoding them alone, in blocks that take turns; both on the threads of an import.</summary>
static class AuditSpeed
{
    const int Side = 224, Quality = 87;

    // One round of many images takes as long as five of few.
    const int Rounds = 5, Many = 50_000;

    /// <param name="folder">Where they are made, below class folders; those that are there are used.</param>
    /// <param name="count">Images.</param>
    public static IEnumerable<object> Measure(string folder, int count)
    {
        Make(folder, count);
        List<(double Processor, double Wall)> rounds = [];
        for (var round = 0; round < (count > Many ? 1 : Rounds); round++)
        {
            var listing = ImageListing.OfFolder(folder, default);
            var decode = Cost(count, () => new FileWork(null).Run("", count, i => ImageFile.Decode(listing.FullPath(listing.Files[i].Path)).Dispose(), default));
            ImageSurvey survey = null!;
            var read = Cost(count, () => survey = new ImageSurveyor(listing, null).Run(null, default));
            var compare = Cost(count, () => _ = survey.Twins);
            rounds.Add((decode.Processor / (read.Processor + compare.Processor), decode.Wall / (read.Wall + compare.Wall)));
            yield return new { round, decode = Shown(decode), read = Shown(read), compare = Shown(compare) };
        }
        var found = new DataAudit(DataAudit.Rules(null), folder + "-workspace", null, default).Run(folder).Count();
        yield return new { images = count, rate_of_decoding = Spread(rounds.Select(one => one.Wall)), by_processor_time = Spread(rounds.Select(one => one.Processor)), found, peak_megabytes = Peak() >> 20 };
    }

    // Median, least and most.
    static double[] Spread(IEnumerable<double> ratios)
    {
        var sorted = ratios.Order().ToArray();
        return [.. new[] { sorted[sorted.Length / 2], sorted[0], sorted[^1] }.Select(ratio => Math.Round(ratio, 2))];
    }

    static string Shown((double Wall, double Processor) cost) => $"{1e6 / cost.Wall:0} images/s, {cost.Processor:0} us of a processor each";

    // Blots of colour on noise: as hard to decode as photos, each another, and every thousandth a copy of the one before, encoded again.
    static void Make(string folder, int count) => Parallel.For(0, count, i =>
    {
        var path = Path.Combine(folder, $"class{i % 10}", $"{i / 10000}", $"{i}.jpg");
        if (File.Exists(path)) return;
        var random = RandomStream.For(i % 1000 == 999 ? i - 10 : i, 0, "audit");
        using var picture = new Picture(Side, Side);
        var blots = Enumerable.Range(0, 8).Select(_ => (X: random.Below(Side), Y: random.Below(Side), Size: 10 + random.Below(60), R: random.Below(256), G: random.Below(256), B: random.Below(256))).ToArray();
        var noise = random.Next();
        for (var y = 0; y < Side; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < Side; x++)
            {
                var (r, g, b) = (120, 120, 120);
                foreach (var blot in blots)
                    if (Math.Abs(x - blot.X) + Math.Abs(y - blot.Y) < blot.Size) (r, g, b) = (blot.R, blot.G, blot.B);
                noise = noise * 6364136223846793005 + 1442695040888963407;
                var grain = (int)(noise >> 59) - 16;
                (row[3 * x], row[3 * x + 1], row[3 * x + 2]) = (Level(r + grain), Level(g + grain), Level(b + grain));
            }
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, ImageWriter.Encode(picture, ImageFormat.Jpeg, i % 1000 == 999 ? 70 : Quality));
    });

    static byte Level(int level) => (byte)Math.Clamp(level, 0, 255);

    // Microseconds an image: by the clock, and of processors, which others on the machine do not change.
    static (double Wall, double Processor) Cost(int count, Action work)
    {
        using var process = Process.GetCurrentProcess();
        var (began, before) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        work();
        process.Refresh();
        return (Stopwatch.GetElapsedTime(began).TotalMicroseconds / count, (process.TotalProcessorTime - before).TotalMicroseconds / count);
    }

    static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}

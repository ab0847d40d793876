using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>What a change of colour has to know of a whole picture.</summary>
[Flags]
enum Survey
{
    None = 0,
    MeanGray = 1,
    Histograms = 2,
}

/// <summary>What a look at a whole picture told.</summary>
/// <param name="MeanGray">Mean of torchvision's gray, 0 to 255.</param>
/// <param name="Histograms">How many pixels have each level: 256 of red, then green, then blue; empty where they were not asked for.</param>
readonly record struct Surveyed(double MeanGray, int[] Histograms)
{
    /// <summary>Smallest and largest level of a channel: 0 is red, 1 green, 2 blue.</summary>
    public (int Least, int Most) Extremes(int channel)
    {
        var counts = Histograms.AsSpan(256 * channel, 256);
        return (counts.IndexOfAnyExcept(0), counts.LastIndexOfAnyExcept(0));
    }
}

/// <summary>A look at a picture, chunk after chunk.</summary>
sealed class Surveyor(Survey what)
{
    readonly int[] _counts = what.HasFlag(Survey.Histograms) ? new int[2 * 3 * 256] : [];
    double _gray;
    long _pixels;

    public void See(PixelChunk chunk)
    {
        if (what.HasFlag(Survey.MeanGray)) _gray += Gray(chunk);
        if (what.HasFlag(Survey.Histograms)) Count(chunk);
        _pixels += chunk.Count;
    }

    public Surveyed Result => new(_gray / Math.Max(1, _pixels), [.. _counts[..(_counts.Length / 2)].Zip(_counts[(_counts.Length / 2)..], (one, two) => one + two)]);

    // Sums of whole numbers below 2^24 are exact in floats.
    static double Gray(PixelChunk chunk)
    {
        var sum = Vector256<float>.Zero;
        var whole = chunk.Count / PixelBlock.Pixels;
        for (var block = 0; block < whole; block++) sum += chunk[block].Gray;
        var total = Vector256.Sum(sum);
        for (var at = whole * PixelBlock.Pixels; at < chunk.Count; at++) total += chunk[whole].Gray[at % PixelBlock.Pixels];
        return total;
    }

    void Count(PixelChunk chunk)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            // Neighbouring pixels are counted apart: they are often of one level, and a count waits for the one before it to be stored.
            var (one, two) = (256 * channel, 256 * channel + _counts.Length / 2);
            var values = chunk.Channel(channel)[..chunk.Count];
            for (var i = 0; i < values.Length; i++) _counts[(i % 2 == 0 ? one : two) + (byte)values[i]]++;
        }
    }
}

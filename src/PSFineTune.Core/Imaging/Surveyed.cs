using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    // Neighbouring pixels are counted apart: they are often of one level, and a count waits for the one before it to be stored.
    readonly int[] _even = what.HasFlag(Survey.Histograms) ? new int[3 * 256] : [];
    readonly int[] _odd = what.HasFlag(Survey.Histograms) ? new int[3 * 256] : [];
    double _gray;
    long _pixels;

    public Surveyed Result => new(_gray / Math.Max(1, _pixels), [.. _even.Zip(_odd, (one, two) => one + two)]);

    /// <param name="chunk">Some pixels.</param>
    /// <param name="pixels">The same as bytes.</param>
    public void See(PixelChunk chunk, ReadOnlySpan<byte> pixels)
    {
        if (what.HasFlag(Survey.MeanGray)) _gray += Gray(chunk);
        if (what.HasFlag(Survey.Histograms)) Count(pixels);
        _pixels += chunk.Count;
    }

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

    void Count(ReadOnlySpan<byte> pixels)
    {
        ref var even = ref MemoryMarshal.GetArrayDataReference(_even);
        ref var odd = ref MemoryMarshal.GetArrayDataReference(_odd);
        ref var from = ref MemoryMarshal.GetReference(pixels);
        var i = 0;
        for (; i + 6 <= pixels.Length; i += 6)
        {
            Count(ref even, ref Unsafe.Add(ref from, i));
            Count(ref odd, ref Unsafe.Add(ref from, i + 3));
        }
        if (i < pixels.Length) Count(ref even, ref Unsafe.Add(ref from, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Count(ref int counts, ref byte pixel)
    {
        Unsafe.Add(ref counts, (nuint)pixel)++;
        Unsafe.Add(ref counts, 256 + (nuint)Unsafe.Add(ref pixel, 1))++;
        Unsafe.Add(ref counts, 512 + (nuint)Unsafe.Add(ref pixel, 2))++;
    }
}

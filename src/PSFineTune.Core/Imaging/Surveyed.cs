using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    public static Surveyed Of(Picture picture, Survey what) => new(
        what.HasFlag(Survey.MeanGray) ? PixelBlock.MeanGray(picture) : 0,
        what.HasFlag(Survey.Histograms) ? Counted(picture.Pixels) : []);

    /// <summary>Smallest and largest level of a channel: 0 is red, 1 green, 2 blue.</summary>
    public (int Least, int Most) Extremes(int channel)
    {
        var counts = Histograms.AsSpan(256 * channel, 256);
        return (counts.IndexOfAnyExcept(0), counts.LastIndexOfAnyExcept(0));
    }

    /// <summary>Neighbouring pixels are counted apart: they are often of one level, and a count waits for the one before it to be stored.</summary>
    static int[] Counted(ReadOnlySpan<byte> pixels)
    {
        var counts = new int[3 * 256];
        Span<int> odd = stackalloc int[3 * 256];
        odd.Clear();
        ref var first = ref MemoryMarshal.GetArrayDataReference(counts);
        ref var second = ref MemoryMarshal.GetReference(odd);
        ref var from = ref MemoryMarshal.GetReference(pixels);
        var i = 0;
        for (; i + 6 <= pixels.Length; i += 6)
        {
            Count(ref first, ref Unsafe.Add(ref from, i));
            Count(ref second, ref Unsafe.Add(ref from, i + 3));
        }
        if (i < pixels.Length) Count(ref first, ref Unsafe.Add(ref from, i));
        for (i = 0; i < counts.Length; i++) counts[i] += odd[i];
        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Count(ref int counts, ref byte pixel)
    {
        Unsafe.Add(ref counts, (nuint)pixel)++;
        Unsafe.Add(ref counts, 256 + (nuint)Unsafe.Add(ref pixel, 1))++;
        Unsafe.Add(ref counts, 512 + (nuint)Unsafe.Add(ref pixel, 2))++;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>
/// Normal noise on bytes, by a table: fourteen of sixteen random bits choose one of 16,384 equally likely values of the standard
/// normal distribution, so that one number of a stream serves four bytes. The largest is 4.0; a table that knew more would not
/// stay in the nearest cache, and takes twice as long.
/// </summary>
static class NormalNoise
{
    // Values that are drawn before they are added, a multiple of a vector's.
    const int Chunk = 1024;

    const int Half = 1 << 13, Most = Half - 1;

    // The table's values are in 2^-12.
    const float Unit = 1f / (1 << 12);

    static readonly short[] s_table = Table();

    /// <summary>value + mean + deviation * noise, rounded, for every byte; what is more than a byte holds is clipped, or wraps as torch's uint8 does.</summary>
    /// <param name="bytes">Changed in place.</param>
    /// <param name="random">The noise is its next numbers, one for four bytes.</param>
    /// <param name="mean">In levels of 255.</param>
    /// <param name="deviation">In levels of 255.</param>
    /// <param name="clip">False to wrap.</param>
    public static void Add(Span<byte> bytes, RandomStream random, double mean, double deviation, bool clip)
    {
        Span<ulong> signs = stackalloc ulong[Chunk / 4];
        Span<short> sizes = stackalloc short[Chunk];
        Span<byte> last = stackalloc byte[Vector128<byte>.Count];
        for (; bytes.Length > 0; bytes = bytes[Math.Min(Chunk, bytes.Length)..])
        {
            var part = bytes[..Math.Min(Chunk, bytes.Length)];
            Draw(random, signs[..((part.Length + 3) / 4)], sizes);
            var whole = part.Length - part.Length % last.Length;
            for (var at = 0; at < whole; at += last.Length)
                Mix(ref part[at], sizes[at..], MemoryMarshal.Cast<ulong, short>(signs)[at..], (float)(mean + 0.5), (float)deviation * Unit, clip);

            if (whole == part.Length) continue;
            part[whole..].CopyTo(last);
            Mix(ref last[0], sizes[whole..], MemoryMarshal.Cast<ulong, short>(signs)[whole..], (float)(mean + 0.5), (float)deviation * Unit, clip);
            last[..(part.Length - whole)].CopyTo(part[whole..]);
        }
    }

    /// <summary>Of each sixteen bits the lowest choose the size, the highest is the sign.</summary>
    static void Draw(RandomStream random, Span<ulong> signs, Span<short> sizes)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(s_table);
        ref var to = ref MemoryMarshal.GetReference(sizes);
        for (var i = 0; i < signs.Length; i++, to = ref Unsafe.Add(ref to, 4))
        {
            var bits = signs[i] = random.Next();
            to = Unsafe.Add(ref table, (nuint)(bits & Most));
            Unsafe.Add(ref to, 1) = Unsafe.Add(ref table, (nuint)(bits >> 16 & Most));
            Unsafe.Add(ref to, 2) = Unsafe.Add(ref table, (nuint)(bits >> 32 & Most));
            Unsafe.Add(ref to, 3) = Unsafe.Add(ref table, (nuint)(bits >> 48 & Most));
        }
    }

    /// <summary>Sixteen bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Mix(ref byte bytes, ReadOnlySpan<short> sizes, ReadOnlySpan<short> signs, float mean, float deviation, bool clip)
    {
        var sign = Vector256.Create(signs) >> 15;
        var noise = (Vector256.Create(sizes) ^ sign) - sign;
        var pixels = Vector128.LoadUnsafe(ref bytes);
        var low = Sum(Vector256.WidenLower(noise), Vector128.WidenLower(pixels), mean, deviation, clip);
        var high = Sum(Vector256.WidenUpper(noise), Vector128.WidenUpper(pixels), mean, deviation, clip);
        var words = Vector256.Narrow(low, high).AsUInt16();
        Vector128.Narrow(words.GetLower(), words.GetUpper()).StoreUnsafe(ref bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Sum(Vector256<int> noise, Vector128<ushort> pixels, float mean, float deviation, bool clip)
    {
        var value = Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(pixels), Vector128.WidenUpper(pixels)).AsInt32());
        var sum = Vector256.ConvertToInt32(Vector256.Floor(value + Vector256.Create(mean) + Vector256.Create(deviation) * Vector256.ConvertToSingle(noise)));
        return clip ? Vector256.Min(Vector256.Max(sum, Vector256<int>.Zero), Vector256.Create(255)) : sum;
    }

    /// <summary>
    /// The positive half of the values in the middle of each of 16,384 equal parts of the distribution, smallest first: the
    /// density is summed in steps of 1/4096 (trapezoids), and each value lies where the sum passes it.
    /// </summary>
    static short[] Table()
    {
        const double step = 1.0 / 4096;
        var table = new short[Half];
        double place = 0, sum = 0.5, density = Density(0);
        for (var i = 0; i < Half; i++)
        {
            var wanted = 0.5 + (i + 0.5) / (2 * Half);
            double grown;
            while (sum + (grown = step * (density + Density(place + step)) / 2) < wanted)
            {
                sum += grown;
                place += step;
                density = Density(place);
            }
            table[i] = (short)Math.Round((place + step * (wanted - sum) / grown) / Unit);
        }
        return table;

        static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}

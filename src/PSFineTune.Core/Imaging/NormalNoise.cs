using System.Runtime.InteropServices;

namespace PSFineTune.Imaging;

/// <summary>
/// Normal noise on bytes, by a table: sixteen random bits choose one of 65,536 equally likely values of the standard normal
/// distribution, so that one number of a stream serves four bytes. The largest is 4.3; nothing beyond it would be seen in 8 bits.
/// </summary>
static class NormalNoise
{
    const int Half = 1 << 15;

    // Fraction bits of the table and of the factor.
    const int TableBits = 12, FactorBits = 12;

    static readonly short[] s_table = Table();

    /// <summary>value + mean + deviation * noise, rounded, for every byte; what is more than a byte holds is clipped, or wraps as torch's uint8 does.</summary>
    /// <param name="bytes">Changed in place.</param>
    /// <param name="random">The noise is its next numbers.</param>
    /// <param name="mean">In levels of 255.</param>
    /// <param name="deviation">In levels of 255.</param>
    /// <param name="clip">False to wrap.</param>
    public static void Add(Span<byte> bytes, RandomStream random, double mean, double deviation, bool clip)
    {
        var (least, most) = clip ? (0L, 255L) : (long.MinValue, long.MaxValue);
        var start = (long)Math.Round((mean + 0.5) * (1 << (TableBits + FactorBits)));
        var factor = (long)Math.Round(deviation * (1 << FactorBits));
        ref var table = ref MemoryMarshal.GetArrayDataReference(s_table);
        ulong bits = 0;
        for (var i = 0; i < bytes.Length; i++, bits >>= 16)
        {
            if (i % 4 == 0) bits = random.Next();
            long noise = System.Runtime.CompilerServices.Unsafe.Add(ref table, (nuint)(bits & (Half - 1)));
            if ((bits & Half) != 0) noise = -noise;
            var value = bytes[i] + ((start + factor * noise) >> (TableBits + FactorBits));
            bytes[i] = (byte)Math.Min(Math.Max(value, least), most);
        }
    }

    /// <summary>
    /// The positive half of the values in the middle of each of 65,536 equal parts of the distribution, smallest first: the
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
            table[i] = (short)Math.Round((place + step * (wanted - sum) / grown) * (1 << TableBits));
        }
        return table;

        static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}

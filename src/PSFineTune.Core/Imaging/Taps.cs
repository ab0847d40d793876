using PSFineTune.Models;

namespace PSFineTune.Imaging;

/// <summary>
/// Which source pixels of one axis make each output pixel, and with what weights: Pillow's antialiased filters, widened
/// when shrinking, in fixed point. Weights sum to exactly <see cref="One"/>, so that an even area keeps its colour.
/// </summary>
sealed class Taps
{
    /// <summary>Fraction bits of a weight.</summary>
    public const int Bits = 14;

    public const int One = 1 << Bits;

    Taps(int outputs, int most) => (Most, First, Count, Weights) = (most, new int[outputs], new int[outputs], new short[outputs * most]);

    /// <summary>Room for weights in each output; those after Count are 0.</summary>
    public int Most { get; }

    /// <summary>By output: the first source pixel.</summary>
    public int[] First { get; }

    /// <summary>By output: how many source pixels, at least 1.</summary>
    public int[] Count { get; }

    /// <summary>Most by output.</summary>
    public short[] Weights { get; }

    /// <param name="from">Source pixels; nothing outside of them is read.</param>
    /// <param name="to">Output pixels.</param>
    /// <param name="how">Bilinear or Bicubic (Keys 1981, a = -0.5).</param>
    public static Taps For(int from, int to, Interpolation how)
    {
        var (radius, filter) = how == Interpolation.Bicubic ? (2, (Func<double, double>)Cubic) : (1, Triangle);
        var scale = (double)from / to;
        var stretch = Math.Max(scale, 1);
        var support = radius * stretch;
        var taps = new Taps(to, Math.Min(from, 2 * (int)Math.Ceiling(support) + 1));
        var exact = new double[taps.Most];
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale;
            var first = Math.Max(0, (int)(centre - support + 0.5));
            var count = Math.Min(from, (int)(centre + support + 0.5)) - first;
            for (var k = 0; k < count; k++) exact[k] = filter((first + k - centre + 0.5) / stretch);
            taps.Set(i, first, exact.AsSpan(0, count));
        }
        return taps;
    }

    /// <summary>Rounds the running sum, not each weight: the error never adds up. Weights of 0 at the ends are left out.</summary>
    void Set(int output, int first, Span<double> exact)
    {
        double total = 0, sum = 0;
        foreach (var weight in exact) total += weight;
        var (done, start, count) = (0, 0, 0);
        var weights = Weights.AsSpan(output * Most, Most);
        for (var k = 0; k < exact.Length; k++)
        {
            sum += exact[k];
            var until = (int)Math.Round(sum / total * One);
            var weight = until - done;
            done = until;
            if (weight == 0 && count == 0)
            {
                start++;
                continue;
            }
            weights[k - start] = (short)weight;
            if (weight != 0) count = k - start + 1;
        }
        (First[output], Count[output]) = (first + start, count);
    }

    static double Triangle(double x) => Math.Max(0, 1 - Math.Abs(x));

    static double Cubic(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
             : x < 2 ? ((x - 5) * x + 8) * x * a - 4 * a
             : 0;
    }
}

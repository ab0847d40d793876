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

    Taps(Taps other, int by)
    {
        (Most, Count, Weights) = (other.Most, other.Count, other.Weights);
        First = Array.ConvertAll(other.First, first => first + by);
    }

    /// <summary>Room for weights in each output; those after Count are 0.</summary>
    public int Most { get; }

    /// <summary>By output: the first source pixel.</summary>
    public int[] First { get; }

    /// <summary>By output: how many source pixels, at least 1.</summary>
    public int[] Count { get; }

    /// <summary>Most by output.</summary>
    public short[] Weights { get; }

    /// <summary>The first source pixel of any output, and the first after the last.</summary>
    public (int Start, int End) Range
    {
        get
        {
            var (start, end) = (int.MaxValue, 0);
            for (var i = 0; i < First.Length; i++) (start, end) = (Math.Min(start, First[i]), Math.Max(end, First[i] + Count[i]));
            return (start, end);
        }
    }

    /// <summary>Every output is the source pixel after that of the output before, as it is.</summary>
    public bool Copies
    {
        get
        {
            for (var i = 0; i < First.Length; i++)
                if (Count[i] != 1 || First[i] != First[0] + i) return false;
            return true;
        }
    }

    /// <param name="start">Where the window begins, source pixels; may lie within one.</param>
    /// <param name="length">Of the window, source pixels.</param>
    /// <param name="bounds">The source pixels that may be read: the first, and the first after the last.</param>
    /// <param name="to">Output pixels of the whole window.</param>
    /// <param name="wanted">Those that are made.</param>
    /// <param name="how">Bilinear or Bicubic (Keys 1981, a = -0.5), or Nearest: the pixel under the middle of the output's.</param>
    public static Taps For(double start, double length, (int First, int End) bounds, int to, (int Start, int Count) wanted, Interpolation how)
    {
        var scale = length / to;
        if (how == Interpolation.Nearest || scale == 1 && start == Math.Floor(start)) return Single(start, (length, to), bounds, wanted);
        var (radius, filter) = how == Interpolation.Bicubic ? (2, (Func<double, double>)Cubic) : (1, Triangle);
        var stretch = Math.Max(scale, 1);
        var support = radius * stretch;
        var taps = new Taps(wanted.Count, Math.Min(bounds.End - bounds.First, 2 * (int)Math.Ceiling(support) + 1));
        var exact = new double[taps.Most];
        for (var i = 0; i < wanted.Count; i++)
        {
            var centre = start + (wanted.Start + i + 0.5) * scale;
            var first = Math.Max(bounds.First, (int)Math.Floor(centre - support + 0.5));
            var count = Math.Min(bounds.End, (int)(centre + support + 0.5)) - first;
            for (var k = 0; k < count; k++) exact[k] = filter((first + k - centre + 0.5) / stretch);
            taps.Set(i, first, exact.AsSpan(0, count));
        }
        return taps;
    }

    /// <summary>The same of a source that begins that many pixels later.</summary>
    public Taps Shifted(int by) => by == 0 ? this : new(this, by);

    static Taps Single(double start, (double Length, int To) window, (int First, int End) bounds, (int Start, int Count) wanted)
    {
        var taps = new Taps(wanted.Count, 1);
        for (var i = 0; i < wanted.Count; i++)
            (taps.First[i], taps.Count[i], taps.Weights[i]) = (Math.Clamp((int)(start + (wanted.Start + i + 0.5) * window.Length / window.To), bounds.First, bounds.End - 1), 1, One);
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

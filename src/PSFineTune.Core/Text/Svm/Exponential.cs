using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Text.Svm;

/// <summary>
/// e^x of many numbers, four at a time: x is split into a multiple of ln 2, which becomes the exponent, and a rest within
/// ln 2 / 2, whose Taylor series of degree 13 is exact to the last bits of a double. The same on every machine.
/// </summary>
static class Exponential
{
    // ln 2 in two parts (Cody and Waite 1980), of which the first times any exponent is exact.
    const double High = 0.693145751953125, Low = 1.42860682030941723212e-6;

    // Below the one the result is no normal number, above the other none at all.
    const double Least = -708, Most = 709;

    static readonly double[] s_factors = [.. Enumerable.Range(0, 14).Reverse().Select(n => 1 / Enumerable.Range(1, n).Aggregate(1.0, (product, i) => product * i))];

    /// <summary>In place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfAll(Span<double> values)
    {
        var blocks = MemoryMarshal.Cast<double, Vector256<double>>(values);
        foreach (ref var block in blocks) block = Of(block);
        foreach (ref var value in values[(blocks.Length * Vector256<double>.Count)..]) value = Of(Vector256.Create(value)).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Of(Vector256<double> x)
    {
        var within = Vector256.Min(Vector256.Max(x, Vector256.Create(Least)), Vector256.Create(Most));
        var whole = Vector256.Floor(within * Vector256.Create(1 / Math.Log(2)) + Vector256.Create(0.5));
        var rest = within - whole * Vector256.Create(High) - whole * Vector256.Create(Low);
        var sum = Vector256.Create(s_factors[0]);
        for (var i = 1; i < s_factors.Length; i++) sum = sum * rest + Vector256.Create(s_factors[i]);
        // An integer added to 1.5 * 2^52 stands in the low bits of the sum.
        var exponent = Vector256.ShiftLeft((whole + Vector256.Create(6755399441055744.0)).AsInt64() + Vector256.Create(1023L), 52);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(Least)), Vector256<double>.Zero, sum * exponent.AsDouble());
    }
}

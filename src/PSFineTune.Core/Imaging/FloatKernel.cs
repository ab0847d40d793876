using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>Weighted sums of numbers at a stride. Products and sums are rounded one by one, in one order, so that every machine gives the same.</summary>
static class FloatKernel
{
    /// <param name="from">Numbers; (weights - 1) * stride + to must be there.</param>
    /// <param name="stride">From one number of a sum to the next.</param>
    /// <param name="weights">One by number of a sum.</param>
    /// <param name="to">The sums.</param>
    public static void Run(ReadOnlySpan<float> from, int stride, ReadOnlySpan<float> weights, Span<float> to)
    {
        ref var first = ref MemoryMarshal.GetReference(from[..((weights.Length - 1) * stride + to.Length)]);
        ref var target = ref MemoryMarshal.GetReference(to);
        var at = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; at + 4 * Vector512<float>.Count <= to.Length; at += 4 * Vector512<float>.Count)
            {
                Vector512<float> a = default, b = default, c = default, d = default;
                var place = (nuint)at;
                foreach (var weight in weights)
                {
                    var times = Vector512.Create(weight);
                    a += times * Vector512.LoadUnsafe(ref first, place);
                    b += times * Vector512.LoadUnsafe(ref first, place + 16);
                    c += times * Vector512.LoadUnsafe(ref first, place + 32);
                    d += times * Vector512.LoadUnsafe(ref first, place + 48);
                    place += (nuint)stride;
                }
                a.StoreUnsafe(ref target, (nuint)at);
                b.StoreUnsafe(ref target, (nuint)at + 16);
                c.StoreUnsafe(ref target, (nuint)at + 32);
                d.StoreUnsafe(ref target, (nuint)at + 48);
            }
        for (; at + 4 * Vector256<float>.Count <= to.Length; at += 4 * Vector256<float>.Count)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            var place = (nuint)at;
            foreach (var weight in weights)
            {
                var times = Vector256.Create(weight);
                a += times * Vector256.LoadUnsafe(ref first, place);
                b += times * Vector256.LoadUnsafe(ref first, place + 8);
                c += times * Vector256.LoadUnsafe(ref first, place + 16);
                d += times * Vector256.LoadUnsafe(ref first, place + 24);
                place += (nuint)stride;
            }
            a.StoreUnsafe(ref target, (nuint)at);
            b.StoreUnsafe(ref target, (nuint)at + 8);
            c.StoreUnsafe(ref target, (nuint)at + 16);
            d.StoreUnsafe(ref target, (nuint)at + 24);
        }
        for (; at < to.Length; at++)
        {
            float sum = 0;
            for (var k = 0; k < weights.Length; k++) sum += weights[k] * from[at + k * stride];
            to[at] = sum;
        }
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>Weighted means of pictures of one size.</summary>
static class Blend
{
    // Sums of this many bytes stay in the nearest cache.
    const int Chunk = 2048;

    /// <param name="target">May be among the pictures.</param>
    /// <param name="pictures">Of the target's size.</param>
    /// <param name="weights">One by picture, sum 1.</param>
    public static void Into(Picture target, Picture[] pictures, float[] weights)
    {
        Span<float> sums = stackalloc float[Chunk];
        var length = target.Pixels.Length;
        for (var at = 0; at < length; at += Chunk)
        {
            var chunk = sums[..Math.Min(Chunk, length - at)];
            // Half a level, so that cutting to whole numbers rounds.
            chunk.Fill(0.5f);
            for (var i = 0; i < pictures.Length; i++) Add(pictures[i].Pixels.Slice(at, chunk.Length), weights[i], chunk);
            Cut(chunk, target.Pixels.Slice(at, chunk.Length));
        }
    }

    static void Add(ReadOnlySpan<byte> bytes, float weight, Span<float> sums)
    {
        ref var from = ref MemoryMarshal.GetReference(bytes);
        ref var to = ref MemoryMarshal.GetReference(sums);
        var (x, times) = (0, Vector256.Create(weight));
        for (; x + Vector128<byte>.Count <= bytes.Length; x += Vector128<byte>.Count)
        {
            var pixels = Vector128.LoadUnsafe(ref from, (nuint)x);
            var wide = Vector256.Create(Vector128.WidenLower(pixels), Vector128.WidenUpper(pixels));
            var (low, high) = (Vector256.ConvertToSingle(Vector256.WidenLower(wide).AsInt32()), Vector256.ConvertToSingle(Vector256.WidenUpper(wide).AsInt32()));
            (Vector256.LoadUnsafe(ref to, (nuint)x) + times * low).StoreUnsafe(ref to, (nuint)x);
            (Vector256.LoadUnsafe(ref to, (nuint)x + 8) + times * high).StoreUnsafe(ref to, (nuint)x + 8);
        }
        for (; x < bytes.Length; x++) sums[x] += weight * bytes[x];
    }

    static void Cut(ReadOnlySpan<float> sums, Span<byte> bytes)
    {
        ref var from = ref MemoryMarshal.GetReference(sums);
        ref var to = ref MemoryMarshal.GetReference(bytes);
        var x = 0;
        for (; x + Vector128<byte>.Count <= bytes.Length; x += Vector128<byte>.Count)
        {
            var words = Vector256.Narrow(PixelBlock.Byte(Vector256.LoadUnsafe(ref from, (nuint)x)).AsUInt32(), PixelBlock.Byte(Vector256.LoadUnsafe(ref from, (nuint)x + 8)).AsUInt32());
            Vector128.Narrow(words.GetLower(), words.GetUpper()).StoreUnsafe(ref to, (nuint)x);
        }
        for (; x < bytes.Length; x++) bytes[x] = (byte)Math.Clamp(sums[x], 0, 255);
    }
}

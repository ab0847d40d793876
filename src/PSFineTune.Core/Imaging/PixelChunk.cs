using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>
/// A stretch of a picture by channel, as floats of whole numbers 0..255: few enough to stay in the processor's nearest cache
/// while one colour change after another runs over it.
/// </summary>
sealed class PixelChunk
{
    /// <summary>Pixels it has room for.</summary>
    public const int Most = 512;

    readonly float[] _values = new float[3 * Most];

    /// <summary>Pixels it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Blocks of eight; what is behind the last pixel may be changed and is not stored.</summary>
    public int Blocks => (Count + PixelBlock.Pixels - 1) / PixelBlock.Pixels;

    /// <summary>Values of a channel, 0 red, 1 green, 2 blue; room for whole blocks.</summary>
    public Span<float> Channel(int channel) => _values.AsSpan(channel * Most, Blocks * PixelBlock.Pixels);

    public PixelBlock this[int block]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref var at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), block * PixelBlock.Pixels);
            return new(Vector256.LoadUnsafe(ref at), Vector256.LoadUnsafe(ref at, Most), Vector256.LoadUnsafe(ref at, 2 * Most));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            ref var at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), block * PixelBlock.Pixels);
            value.Red.StoreUnsafe(ref at);
            value.Green.StoreUnsafe(ref at, Most);
            value.Blue.StoreUnsafe(ref at, 2 * Most);
        }
    }

    /// <param name="pixels">At most <see cref="Most"/>, three bytes each.</param>
    public void Load(ReadOnlySpan<byte> pixels)
    {
        Count = pixels.Length / 3;
        var at = 0;
        ref var first = ref MemoryMarshal.GetReference(pixels);
        for (; at + PixelBlock.Reach <= pixels.Length; at += PixelBlock.Bytes) this[at / PixelBlock.Bytes] = PixelBlock.Load(ref Unsafe.Add(ref first, at));

        // Pixels of 0 behind the end, which no sum sees.
        Span<byte> last = stackalloc byte[2 * PixelBlock.Bytes + PixelBlock.Reach];
        last.Clear();
        pixels[at..].CopyTo(last);
        for (var more = 0; at + more < pixels.Length; more += PixelBlock.Bytes) this[(at + more) / PixelBlock.Bytes] = PixelBlock.Load(ref last[more]);
    }

    public void Store(Span<byte> pixels)
    {
        var at = 0;
        ref var first = ref MemoryMarshal.GetReference(pixels);
        for (; at + PixelBlock.Bytes <= pixels.Length; at += PixelBlock.Bytes) this[at / PixelBlock.Bytes].Store(ref Unsafe.Add(ref first, at));

        Span<byte> last = stackalloc byte[PixelBlock.Reach];
        if (at == pixels.Length) return;
        this[at / PixelBlock.Bytes].Store(ref last[0]);
        last[..(pixels.Length - at)].CopyTo(pixels[at..]);
    }

    /// <summary>Pixels as a network wants them, channel after channel of each.</summary>
    /// <param name="values">Three a pixel.</param>
    /// <param name="how">What each level becomes.</param>
    public void Write(Span<float> values, Normalization how)
    {
        var (first, last) = how.Reversed ? (2, 0) : (0, 2);
        var a = Channel(first);
        var b = Channel(1);
        var c = Channel(last);
        ref var to = ref MemoryMarshal.GetReference(values);
        var (scale0, scale1, scale2) = (Vector256.Create(how.Scale[0]), Vector256.Create(how.Scale[1]), Vector256.Create(how.Scale[2]));
        var (shift0, shift1, shift2) = (Vector256.Create(how.Shift[0]), Vector256.Create(how.Shift[1]), Vector256.Create(how.Shift[2]));
        var at = 0;
        for (; at + PixelBlock.Pixels <= Count; at += PixelBlock.Pixels)
        {
            var x = Vector256.LoadUnsafe(ref a[at]) * scale0 + shift0;
            var y = Vector256.LoadUnsafe(ref b[at]) * scale1 + shift1;
            var z = Vector256.LoadUnsafe(ref c[at]) * scale2 + shift2;
            Interleave(x, y, z, ref Unsafe.Add(ref to, 3 * at));
        }
        for (; at < Count; at++)
            (values[3 * at], values[3 * at + 1], values[3 * at + 2]) =
                (a[at] * how.Scale[0] + how.Shift[0], b[at] * how.Scale[1] + how.Shift[1], c[at] * how.Scale[2] + how.Shift[2]);
    }

    /// <summary>x0 y0 z0 x1 y1 z1 … of eight each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Interleave(Vector256<float> x, Vector256<float> y, Vector256<float> z, ref float to)
    {
        // Which lanes of the three results come from x, and which from y; the rest from z.
        var one = Vector256.Create(-1, 0, 0, -1, 0, 0, -1, 0).AsSingle();
        var two = Vector256.Create(0, -1, 0, 0, -1, 0, 0, -1).AsSingle();
        var three = Vector256.Create(0, 0, -1, 0, 0, -1, 0, 0).AsSingle();
        x = Vector256.Shuffle(x, Vector256.Create(0, 3, 6, 1, 4, 7, 2, 5));
        y = Vector256.Shuffle(y, Vector256.Create(5, 0, 3, 6, 1, 4, 7, 2));
        z = Vector256.Shuffle(z, Vector256.Create(2, 5, 0, 3, 6, 1, 4, 7));
        Pick(one, x, two, y, z).StoreUnsafe(ref to);
        Pick(two, x, three, y, z).StoreUnsafe(ref to, 8);
        Pick(three, x, one, y, z).StoreUnsafe(ref to, 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Pick(Vector256<float> whereX, Vector256<float> x, Vector256<float> whereY, Vector256<float> y, Vector256<float> z) =>
        Vector256.ConditionalSelect(whereX, x, Vector256.ConditionalSelect(whereY, y, z));
}

/// <summary>What the levels of a picture become as a network's input: level * Scale + Shift, by channel in the network's order.</summary>
/// <param name="Scale">Three.</param>
/// <param name="Shift">Three.</param>
/// <param name="Reversed">The network wants blue first.</param>
sealed record Normalization(float[] Scale, float[] Shift, bool Reversed)
{
    /// <summary>Writes a whole picture.</summary>
    public void Write(Picture picture, Span<float> values)
    {
        var chunk = new PixelChunk();
        var pixels = picture.Pixels;
        for (var at = 0; at < pixels.Length; at += 3 * PixelChunk.Most)
        {
            var part = pixels[at..Math.Min(pixels.Length, at + 3 * PixelChunk.Most)];
            chunk.Load(part);
            chunk.Write(values.Slice(at, part.Length), this);
        }
    }
}

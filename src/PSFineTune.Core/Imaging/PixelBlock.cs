using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PSFineTune.Imaging;

/// <summary>A change of colour that looks at one pixel alone.</summary>
interface IColorRule
{
    /// <summary>Eight pixels, 0..255, to values that are cut to 0..255 and then to whole numbers, as torch casts to uint8.</summary>
    PixelBlock Apply(PixelBlock pixels);
}

/// <summary>Eight neighbouring pixels, by channel.</summary>
readonly record struct PixelBlock(Vector256<float> Red, Vector256<float> Green, Vector256<float> Blue)
{
    public const int Pixels = 8, Bytes = 3 * Pixels;

    // Loading takes two times sixteen bytes for two times twelve that count.
    public const int Reach = Bytes + 4;

    /// <summary>Torchvision's gray: 0.2989 R + 0.587 G + 0.114 B, cut to a whole number.</summary>
    public Vector256<float> Gray =>
        Vector256.ConvertToSingle(Whole(Vector256.Create(0.2989f) * Red + Vector256.Create(0.587f) * Green + Vector256.Create(0.114f) * Blue));

    /// <summary>Cut to 0..255 and to whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PixelBlock ToWhole() => new(Vector256.ConvertToSingle(Byte(Red)), Vector256.ConvertToSingle(Byte(Green)), Vector256.ConvertToSingle(Byte(Blue)));

    /// <param name="at">Twenty-four bytes, of which twenty-eight are read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PixelBlock Load(ref byte at)
    {
        var spread = Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255);
        var pixels = Vector256.Create(Vector128.Shuffle(Vector128.LoadUnsafe(ref at), spread), Vector128.Shuffle(Vector128.LoadUnsafe(ref at, 12), spread)).AsInt32();
        var low = Vector256.Create(255);
        return new(Vector256.ConvertToSingle(pixels & low), Vector256.ConvertToSingle((pixels >> 8) & low), Vector256.ConvertToSingle(pixels >>> 16));
    }

    /// <summary>Whole numbers from 0 to 255 to twenty-four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte at)
    {
        var pixels = (Whole(Red) | Whole(Green) << 8 | Whole(Blue) << 16).AsByte();
        var pack = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        Vector128.Shuffle(pixels.GetLower(), pack).StoreUnsafe(ref at);

        // The four bytes behind belong to the next block.
        var upper = Vector128.Shuffle(pixels.GetUpper(), pack);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 12), upper.AsUInt64().ToScalar());
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, 20), upper.AsUInt32().GetElement(2));
    }

    /// <summary>Cut to 0..255 and then to whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Byte(Vector256<float> value) => Whole(Vector256.Min(Vector256.Max(value, Vector256<float>.Zero), Vector256.Create(255f)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Whole(Vector256<float> value) =>
        Avx.IsSupported ? Avx.ConvertToVector256Int32WithTruncation(value) : Vector256.ConvertToInt32(value);
}

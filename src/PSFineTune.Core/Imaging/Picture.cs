using System.Buffers;

namespace PSFineTune.Imaging;

/// <summary>
/// One image in memory: RGB, 8 bits a channel, rows from the top, pixel (x, y) at 3 * (y * Width + x).
/// The buffer is rented and may be longer than the pixels; dispose to give it back.
/// </summary>
sealed class Picture : IDisposable
{
    byte[]? _rented;

    /// <param name="width">In pixels, above 0.</param>
    /// <param name="height">In pixels, above 0.</param>
    public Picture(int width, int height)
    {
        (Width, Height) = (width, height);
        _rented = ArrayPool<byte>.Shared.Rent(checked(3 * width * height));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Exactly 3 * Width * Height bytes. A new picture's are undefined until written.</summary>
    public Span<byte> Pixels => (_rented ?? throw new ObjectDisposedException(nameof(Picture))).AsSpan(0, 3 * Width * Height);

    public Span<byte> Row(int y) => Pixels.Slice(3 * Width * y, 3 * Width);

    public Picture Copy()
    {
        var copy = new Picture(Width, Height);
        Pixels.CopyTo(copy.Pixels);
        return copy;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } rented) ArrayPool<byte>.Shared.Return(rented);
    }
}

using System.Buffers;

namespace PSFineTune.Imaging;

/// <summary>The samples of one colour of a JPEG, of whole units.</summary>
sealed class JpegPlane(int width, int height) : IDisposable
{
    readonly byte[] _samples = ArrayPool<byte>.Shared.Rent((width + ChromaRow.Reach) * height);

    public int Width => width;

    /// <summary>From row to row; more than the width, so that what is read beyond a row's end is there.</summary>
    public int Stride => width + ChromaRow.Reach;

    /// <summary>From a block's first sample on.</summary>
    public Span<byte> Block(int x, int y) => _samples.AsSpan(8 * (y * Stride + x));

    public ReadOnlySpan<byte> Row(int y) => _samples.AsSpan(y * Stride, Stride);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_samples);
}

using System.Security.Cryptography;

namespace PSFineTune.Packaging;

/// <summary>A part's bytes on their way, once from start to end; the last one comes only where all of them have the hash that they should.</summary>
/// <param name="inner">Owned.</param>
/// <param name="length">Bytes it must have.</param>
/// <param name="sha256">Of all of them, lower-case hexadecimal.</param>
/// <param name="changed">The fault of other bytes.</param>
sealed class VerifiedStream(Stream inner, long length, string sha256, Func<FineTuneException> changed) : Stream
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0 || _read == length) return 0;
        var read = inner.Read(buffer[..(int)Math.Min(buffer.Length, length - _read)]);
        _hash.AppendData(buffer[..read]);
        _read += read;
        var done = read == 0 || _read == length;
        if (done && (_read < length || Convert.ToHexString(_hash.GetCurrentHash()).ToLowerInvariant() != sha256))
        {
            buffer[..read].Clear();
            throw changed();
        }
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }
}

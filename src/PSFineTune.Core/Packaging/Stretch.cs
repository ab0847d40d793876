namespace PSFineTune.Packaging;

/// <summary>A stretch of a file as a stream of its own, read only; owns the file.</summary>
sealed class Stretch : Stream
{
    readonly FileStream _file;
    readonly long _start;
    readonly long _length;

    public Stretch(FileStream file, long start, long length)
    {
        (_file, _start, _length) = (file, start, length);
        Position = 0;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _file.Position - _start;
        set => _file.Position = value < 0 ? throw new IOException("a position before the start") : _start + value;
    }

    public override int Read(Span<byte> buffer) => _file.Read(buffer[..(int)Math.Clamp(_length - Position, 0, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => _length };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}

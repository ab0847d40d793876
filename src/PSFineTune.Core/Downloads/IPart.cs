namespace PSFineTune.Downloads;

/// <summary>Where the bytes of a transfer go.</summary>
interface IPart
{
    /// <summary>Bytes that are there.</summary>
    long Length { get; }

    /// <summary>Of what they are; null where there are none.</summary>
    PartNote? Note { get; }

    /// <summary>The folder whose disk has to have room; null for memory.</summary>
    string? Folder { get; }

    /// <summary>Throws away what is there.</summary>
    void Restart(PartNote note);

    void Append(ReadOnlySpan<byte> bytes);
}

/// <summary>A part in memory, of bounded size.</summary>
sealed class MemoryPart(string from, int most) : IPart, IDisposable
{
    readonly MemoryStream _bytes = new();

    public long Length => _bytes.Length;

    public PartNote? Note { get; private set; }

    public string? Folder => null;

    public byte[] ToArray() => _bytes.ToArray();

    public void Restart(PartNote note)
    {
        Note = note;
        _bytes.SetLength(0);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length + bytes.Length > most) throw Fault.UnexpectedAnswer(from, FormattableString.Invariant($"more than {most} bytes, which is no list"));
        _bytes.Write(bytes);
    }

    public void Dispose() => _bytes.Dispose();
}

namespace PSFineTune.Text.LibSvm;

/// <summary>The lines of a file as bytes, each there until the next is asked for. Ends are LF or CR LF; a UTF-8 mark at the beginning is left out.</summary>
/// <param name="source">Read from where it stands; stays open.</param>
/// <param name="name">Of the file, for messages.</param>
sealed class ByteLines(Stream source, string name)
{
    /// <summary>Bytes of a line at most; more is no line of numbers but another kind of file.</summary>
    public const int Longest = 1 << 28;

    byte[] _buffer = new byte[1 << 16];
    int _begin, _end, _lineBegin, _lineEnd;

    /// <summary>Of the line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_lineBegin.._lineEnd);

    /// <summary>Goes to the next line; false where there is none.</summary>
    /// <exception cref="FineTuneException">CannotRead; BadLibSvmLine for a line without an end.</exception>
    public bool Next()
    {
        var seen = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_begin + seen, _end - _begin - seen).IndexOf((byte)'\n');
            if (at >= 0) return Take(_begin + seen + at, _begin + seen + at + 1);
            seen = _end - _begin;
            if (seen > Longest) throw Fault.BadSparseLine(name, Number + 1, $"the line is longer than {Longest >> 20} MiB");
            if (Fill()) continue;
            return seen > 0 && Take(_end, _end);
        }
    }

    bool Take(int end, int next)
    {
        (_lineBegin, _lineEnd, _begin) = (_begin, end, next);
        if (_lineEnd > _lineBegin && _buffer[_lineEnd - 1] == '\r') _lineEnd--;
        if (Number++ == 0 && Current.StartsWith("\uFEFF"u8)) _lineBegin += 3;
        return true;
    }

    bool Fill()
    {
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin.._end).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        try
        {
            var read = source.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            return read > 0;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Fault.CannotRead(name, wrong);
        }
    }
}

using System.Globalization;

namespace PSFineTune.Text.LibSvm;

/// <summary>Writes numbers and features as LIBSVM reads them: the shortest digits that mean the same double.</summary>
sealed class SparseText(Stream into)
{
    readonly byte[] _buffer = new byte[1 << 16];
    int _used;

    public SparseText Add(ReadOnlySpan<char> ascii)
    {
        foreach (var letter in ascii)
        {
            if (_used == _buffer.Length) Flush();
            _buffer[_used++] = (byte)letter;
        }
        return this;
    }

    public SparseText Add(double number)
    {
        if (_buffer.Length - _used < 32) Flush();
        number.TryFormat(_buffer.AsSpan(_used), out var written, default, CultureInfo.InvariantCulture);
        _used += written;
        return this;
    }

    /// <summary>Each feature behind a blank.</summary>
    public SparseText Add(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < columns.Length; i++) Add(" ").Add(columns[i] + 1.0).Add(":").Add(values[i]);
        return this;
    }

    /// <summary>A line of a name and numbers.</summary>
    public SparseText Line(string name, IEnumerable<double> numbers)
    {
        Add(name);
        foreach (var number in numbers) Add(" ").Add(number);
        return Add("\n");
    }

    public void Flush()
    {
        into.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}

namespace PSFineTune.Text;

/// <summary>A matrix of which only what is not 0 is kept, row after row (compressed sparse rows); columns ascend within a row.</summary>
/// <remarks>Built by one thread; read by any number.</remarks>
sealed class SparseRows
{
    long[] _starts = new long[16];
    int[] _columns = new int[64];
    double[] _values = new double[64];

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    /// <summary>Columns: one more than the highest that was added, or as many as were asked for.</summary>
    public int Width { get; private set; }

    /// <summary>Numbers that are kept.</summary>
    public long Stored => _starts[Count];

    /// <param name="width">Least count of columns.</param>
    public SparseRows(int width = 0) => Width = width;

    /// <summary>Columns of a row.</summary>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan((int)_starts[row], (int)(_starts[row + 1] - _starts[row]));

    /// <summary>Values of a row, as its columns.</summary>
    public ReadOnlySpan<double> Values(int row) => _values.AsSpan((int)_starts[row], (int)(_starts[row + 1] - _starts[row]));

    /// <summary>Adds a row.</summary>
    /// <param name="columns">Ascending.</param>
    /// <param name="values">As many.</param>
    public void Add(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var at = (int)Stored;
        if (Count + 2 > _starts.Length) Array.Resize(ref _starts, 2 * _starts.Length);
        if (at + columns.Length > _columns.Length)
        {
            var size = Math.Max(at + columns.Length, (int)Math.Min(Array.MaxLength, 2L * _columns.Length));
            Array.Resize(ref _columns, size);
            Array.Resize(ref _values, size);
        }
        columns.CopyTo(_columns.AsSpan(at));
        values.CopyTo(_values.AsSpan(at));
        _starts[++Count] = at + columns.Length;
        if (columns.Length > 0) Width = Math.Max(Width, columns[^1] + 1);
    }

    /// <summary>The sum of a row's values times those of a vector.</summary>
    public double Dot(int row, ReadOnlySpan<double> vector)
    {
        var columns = Columns(row);
        var values = Values(row);
        var sum = 0.0;
        for (var i = 0; i < columns.Length; i++) sum += values[i] * vector[columns[i]];
        return sum;
    }

    /// <summary>The sum of the products of two rows of two matrices.</summary>
    public static double Dot(ReadOnlySpan<int> left, ReadOnlySpan<double> leftValues, ReadOnlySpan<int> right, ReadOnlySpan<double> rightValues)
    {
        var (i, j, sum) = (0, 0, 0.0);
        while (i < left.Length && j < right.Length)
        {
            if (left[i] == right[j]) sum += leftValues[i++] * rightValues[j++];
            else if (left[i] < right[j]) i++;
            else j++;
        }
        return sum;
    }
}

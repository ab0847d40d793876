using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PSFineTune.Text;

/// <summary>A matrix of which only what is not 0 is kept, row after row (compressed sparse rows); columns ascend within a row.</summary>
/// <remarks>
/// Built by one thread; read by any number. Twelve bytes a number: values stay double, for as float they would save a third of
/// that and no longer come out of a file as they went in.
/// </remarks>
sealed class SparseRows
{
    readonly long _most;
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
    /// <param name="most">Most numbers that are kept, at most <see cref="Array.MaxLength"/>.</param>
    public SparseRows(int width = 0, int most = 0x7FFFFFC7) => (Width, _most) = (width, most);

    /// <summary>Columns of a row.</summary>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan((int)_starts[row], (int)(_starts[row + 1] - _starts[row]));

    /// <summary>Values of a row, as its columns.</summary>
    public ReadOnlySpan<double> Values(int row) => _values.AsSpan((int)_starts[row], (int)(_starts[row + 1] - _starts[row]));

    /// <summary>Where a row's numbers lie among all.</summary>
    public (int Start, int Length) PlaceOf(int row) => ((int)_starts[row], (int)(_starts[row + 1] - _starts[row]));

    /// <summary>Columns of all rows.</summary>
    public ReadOnlySpan<int> AllColumns => _columns.AsSpan(0, (int)Stored);

    /// <summary>Values of all rows.</summary>
    public ReadOnlySpan<double> AllValues => _values.AsSpan(0, (int)Stored);

    /// <summary>Adds a row.</summary>
    /// <param name="columns">Ascending.</param>
    /// <param name="values">As many.</param>
    /// <exception cref="FineTuneException">TooManyNumbers: more than an array can hold.</exception>
    public void Add(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var end = Stored + columns.Length;
        if (end > _most) throw Fault.TooManyNumbers(Count, _most);
        if (Count + 2 > _starts.Length) Array.Resize(ref _starts, (int)Math.Min(Array.MaxLength, 2L * _starts.Length));
        if (end > _columns.Length)
        {
            var size = (int)Math.Min(_most, Math.Max(end, 2L * _columns.Length));
            Array.Resize(ref _columns, size);
            Array.Resize(ref _values, size);
        }
        columns.CopyTo(_columns.AsSpan((int)Stored));
        values.CopyTo(_values.AsSpan((int)Stored));
        _starts[++Count] = end;
        if (columns.Length > 0) Width = Math.Max(Width, columns[^1] + 1);
    }

    /// <summary>The sum of a row's values times those of a vector.</summary>
    /// <param name="row">Which.</param>
    /// <param name="vector">Longer than the row's last column.</param>
    public double Dot(int row, ReadOnlySpan<double> vector)
    {
        var columns = Columns(row);
        if (columns.Length > 0) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(columns[^1], vector.Length);
        ref var value = ref MemoryMarshal.GetReference(Values(row));
        ref var other = ref MemoryMarshal.GetReference(vector);
        // Two sums, for each addition waits for the one before it.
        var (even, odd, i) = (0.0, 0.0, 0);
        for (; i + 1 < columns.Length; i += 2)
        {
            even += Unsafe.Add(ref value, i) * Unsafe.Add(ref other, columns[i]);
            odd += Unsafe.Add(ref value, i + 1) * Unsafe.Add(ref other, columns[i + 1]);
        }
        return i < columns.Length ? even + odd + Unsafe.Add(ref value, i) * Unsafe.Add(ref other, columns[i]) : even + odd;
    }

    /// <summary>The sum of squares of a row.</summary>
    public double Square(int row)
    {
        var sum = 0.0;
        foreach (var value in Values(row)) sum += value * value;
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

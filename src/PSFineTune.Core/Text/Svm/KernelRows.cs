namespace PSFineTune.Text.Svm;

/// <summary>
/// Rows of the matrix Q of y_i y_j K(x_i, x_j), computed when asked for and the last ones kept, as LIBSVM does: float32, and
/// as far as the solver is active. Samples change places in it as the solver shrinks.
/// </summary>
sealed class KernelRows
{
    readonly SvmKernel _kernel;
    readonly SparseRows _samples;
    readonly int[] _rows;
    readonly sbyte[] _signs;
    readonly double[] _squares;
    readonly double[] _dense;
    readonly float[]?[] _kept;
    readonly LinkedList<int> _used = new();
    readonly LinkedListNode<int>?[] _nodes;
    long _free;

    /// <param name="kernel">Of two samples.</param>
    /// <param name="samples">All.</param>
    /// <param name="rows">Those that take part.</param>
    /// <param name="signs">1 or -1, by place; changed with the places.</param>
    /// <param name="bytes">Of memory for rows that are kept.</param>
    public KernelRows(SvmKernel kernel, SparseRows samples, int[] rows, sbyte[] signs, long bytes)
    {
        (_kernel, _samples, _rows, _signs) = (kernel, samples, [.. rows], [.. signs]);
        _squares = [.. rows.Select(row => SparseRows.Dot(samples.Columns(row), samples.Values(row), samples.Columns(row), samples.Values(row)))];
        (_dense, _kept, _nodes) = (new double[samples.Width], new float[rows.Length][], new LinkedListNode<int>?[rows.Length]);
        _free = Math.Max(bytes / sizeof(float), 2L * rows.Length);
        Diagonal = [.. _squares.Select(square => kernel.Of(square, square, square))];
    }

    /// <summary>K(x_i, x_i), by place.</summary>
    public double[] Diagonal { get; }

    /// <summary>The first so many of a row.</summary>
    public ReadOnlySpan<float> Row(int place, int length)
    {
        if (_nodes[place] is { } node) _used.Remove(node);
        var row = _kept[place] ?? [];
        if (row.Length < length)
        {
            var from = row.Length;
            MakeRoom(length - from);
            Array.Resize(ref row, length);
            _kept[place] = row;
            Fill(place, row, from);
        }
        _nodes[place] = _used.AddLast(place);
        return row.AsSpan(0, length);
    }

    /// <summary>Two samples change places.</summary>
    public void Swap(int i, int j)
    {
        (_rows[i], _rows[j]) = (_rows[j], _rows[i]);
        (_signs[i], _signs[j]) = (_signs[j], _signs[i]);
        (_squares[i], _squares[j]) = (_squares[j], _squares[i]);
        (Diagonal[i], Diagonal[j]) = (Diagonal[j], Diagonal[i]);
        (_kept[i], _kept[j]) = (_kept[j], _kept[i]);
        (_nodes[i], _nodes[j]) = (_nodes[j], _nodes[i]);
        if (_nodes[i] is { } one) one.Value = i;
        if (_nodes[j] is { } other) other.Value = j;
        var (low, high) = (Math.Min(i, j), Math.Max(i, j));
        for (var (node, next) = (_used.First, default(LinkedListNode<int>)); node is not null; node = next)
        {
            next = node.Next;
            var row = _kept[node.Value]!;
            if (row.Length > high) (row[low], row[high]) = (row[high], row[low]);
            else if (row.Length > low) Drop(node.Value);
        }
    }

    void MakeRoom(int numbers)
    {
        _free -= numbers;
        while (_free < 0 && _used.First is { } oldest) Drop(oldest.Value);
    }

    void Drop(int place)
    {
        _free += _kept[place]!.Length;
        _kept[place] = null;
        if (_nodes[place] is { List: not null } node) _used.Remove(node);
        _nodes[place] = null;
    }

    // The row's sample is laid out once, so that each product runs over the other's few numbers alone.
    void Fill(int place, float[] row, int from)
    {
        var columns = _samples.Columns(_rows[place]);
        var values = _samples.Values(_rows[place]);
        for (var i = 0; i < columns.Length; i++) _dense[columns[i]] = values[i];
        for (var other = from; other < row.Length; other++)
            row[other] = (float)(_signs[place] * _signs[other] * _kernel.Of(_samples.Dot(_rows[other], _dense), _squares[place], _squares[other]));
        foreach (var column in columns) _dense[column] = 0;
    }
}

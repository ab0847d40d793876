using System.Runtime.CompilerServices;

namespace PSFineTune.Text.Svm;

/// <summary>
/// Rows of the matrix of K(x_i, x_j), computed when asked for and the last ones kept, as LIBSVM does: float32, and as far as
/// the solver is active. Samples change places in it as the solver shrinks.
/// </summary>
sealed class KernelRows
{
    readonly SvmKernel _kernel;
    readonly SparseRows _samples;
    readonly int[] _rows;
    readonly ColumnIndex _index;
    readonly int[] _indexed;
    readonly double[] _squares;
    readonly double[] _products, _scratch;
    readonly float[]?[] _kept;
    readonly LinkedList<int> _used = new();
    readonly LinkedListNode<int>?[] _nodes;
    long _free;

    /// <param name="kernel">Of two samples.</param>
    /// <param name="samples">All.</param>
    /// <param name="rows">Those that take part.</param>
    /// <param name="bytes">Of memory for rows that are kept; two are kept in any case.</param>
    public KernelRows(SvmKernel kernel, SparseRows samples, int[] rows, long bytes)
    {
        (_kernel, _samples, _rows, _index) = (kernel, samples, [.. rows], new(samples, rows));
        (_indexed, _squares) = ([.. Enumerable.Range(0, rows.Length)], [.. rows.Select(samples.Square)]);
        (_products, _scratch) = (new double[rows.Length], new double[rows.Length]);
        (_kept, _nodes) = (new float[rows.Length][], new LinkedListNode<int>?[rows.Length]);
        _free = Math.Max(bytes / sizeof(float), 2L * rows.Length);
        Diagonal = [.. _squares.Select(square => kernel.Of(square, square, square))];
    }

    /// <summary>K(x_i, x_i), by place.</summary>
    public double[] Diagonal { get; }

    /// <summary>The first so many of a row.</summary>
    public ReadOnlySpan<float> Row(int place, int length)
    {
        var node = _nodes[place] ??= new(place);
        if (node.List is not null) _used.Remove(node);
        var row = _kept[place] ?? [];
        if (row.Length < length)
        {
            MakeRoom(length - row.Length);
            var longer = GC.AllocateUninitializedArray<float>(length);
            row.CopyTo(longer, 0);
            Fill(place, longer, row.Length);
            _kept[place] = row = longer;
        }
        _used.AddLast(node);
        return row.AsSpan(0, length);
    }

    /// <summary>Samples change places, pair after pair; the first of a pair is the lower.</summary>
    public void Swap(IReadOnlyList<(int Low, int High)> pairs)
    {
        foreach (var (i, j) in pairs)
        {
            (_rows[i], _rows[j]) = (_rows[j], _rows[i]);
            (_indexed[i], _indexed[j]) = (_indexed[j], _indexed[i]);
            (_squares[i], _squares[j]) = (_squares[j], _squares[i]);
            (Diagonal[i], Diagonal[j]) = (Diagonal[j], Diagonal[i]);
            (_kept[i], _kept[j]) = (_kept[j], _kept[i]);
            (_nodes[i], _nodes[j]) = (_nodes[j], _nodes[i]);
            if (_nodes[i] is { } one) one.Value = i;
            if (_nodes[j] is { } other) other.Value = j;
        }
        for (var (node, next) = (_used.First, default(LinkedListNode<int>)); node is not null; node = next)
        {
            next = node.Next;
            if (!Swap(_kept[node.Value]!, pairs)) Drop(node);
        }
    }

    // False for a row that ends between the two: what comes into it was never computed.
    static bool Swap(float[] row, IReadOnlyList<(int Low, int High)> pairs)
    {
        foreach (var (low, high) in pairs)
        {
            if (row.Length > high) (row[low], row[high]) = (row[high], row[low]);
            else if (row.Length > low) return false;
        }
        return true;
    }

    void MakeRoom(int numbers)
    {
        _free -= numbers;
        while (_free < 0 && _used.First is { } oldest) Drop(oldest);
    }

    void Drop(LinkedListNode<int> node)
    {
        _free += _kept[node.Value]!.Length;
        _kept[node.Value] = null;
        _used.Remove(node);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Fill(int place, float[] row, int from)
    {
        _index.Multiply(_samples.Columns(_rows[place]), _samples.Values(_rows[place]), _products);
        var products = _scratch.AsSpan(from, row.Length - from);
        var indexed = _indexed.AsSpan(from, products.Length);
        for (var i = 0; i < products.Length; i++) products[i] = _products[indexed[i]];
        _kernel.OfAll(products, _squares[place], _squares.AsSpan(from, products.Length));
        for (var i = 0; i < products.Length; i++) row[from + i] = (float)products[i];
    }
}

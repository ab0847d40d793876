using System.Runtime.CompilerServices;

namespace PSFineTune.Text.Svm;

/// <summary>
/// Some rows of a matrix by their columns, so that the products of one sample with all of them cost what its few columns
/// hold and not what all rows hold; of texts that is a tenth.
/// </summary>
sealed class ColumnIndex
{
    readonly Dictionary<int, int> _slots = [];
    readonly int[] _ends;
    readonly int[] _places;
    readonly double[] _values;

    /// <param name="rows">All.</param>
    /// <param name="chosen">Rows that are indexed; a place is one of this list.</param>
    public ColumnIndex(SparseRows rows, ReadOnlySpan<int> chosen)
    {
        var counts = new List<int>();
        foreach (var row in chosen)
            foreach (var column in rows.Columns(row))
            {
                if (_slots.TryAdd(column, counts.Count)) counts.Add(0);
                counts[_slots[column]]++;
            }
        _ends = new int[counts.Count];
        for (var slot = 1; slot < _ends.Length; slot++) _ends[slot] = _ends[slot - 1] + counts[slot - 1];
        var stored = _ends.Length == 0 ? 0 : _ends[^1] + counts[^1];
        (_places, _values, Count) = (new int[stored], new double[stored], chosen.Length);
        for (var place = 0; place < chosen.Length; place++)
        {
            var columns = rows.Columns(chosen[place]);
            var values = rows.Values(chosen[place]);
            for (var i = 0; i < columns.Length; i++)
            {
                var at = _ends[_slots[columns[i]]]++;
                (_places[at], _values[at]) = (place, values[i]);
            }
        }
    }

    /// <summary>Rows that are indexed.</summary>
    public int Count { get; }

    /// <summary>The products of a sample with every row.</summary>
    /// <param name="columns">Of the sample, ascending; those that no row has are allowed.</param>
    /// <param name="values">As many.</param>
    /// <param name="products">By place; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, Span<double> products)
    {
        products.Clear();
        for (var i = 0; i < columns.Length; i++)
        {
            if (!_slots.TryGetValue(columns[i], out var slot)) continue;
            var (value, start) = (values[i], slot == 0 ? 0 : _ends[slot - 1]);
            var places = _places.AsSpan(start, _ends[slot] - start);
            var others = _values.AsSpan(start, places.Length);
            for (var k = 0; k < places.Length; k++) products[places[k]] += value * others[k];
        }
    }
}

using System.Runtime.CompilerServices;
using PSFineTune.Text.Weighting;

namespace PSFineTune.Text.Terms;

/// <summary>Makes the sparse row of a text. For one thread.</summary>
/// <param name="reader">Of terms.</param>
/// <param name="index">Where they count.</param>
/// <param name="weighting">What they count.</param>
/// <param name="factors">By column; empty where all are 1.</param>
sealed class RowMaker(TermReader reader, TermIndex index, WeightingSpec weighting, double[] factors)
{
    readonly List<int> _seen = [];
    int[] _columns = new int[64];
    double[] _values = new double[64];
    int _count;

    /// <summary>Ascending; until the next text.</summary>
    public ReadOnlySpan<int> Columns => _columns.AsSpan(0, _count);

    /// <summary>As many.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>Takes a text; its row is then in <see cref="Columns"/> and <see cref="Values"/>.</summary>
    public void Make(string text)
    {
        _seen.Clear();
        reader.Read(text, term =>
        {
            if (index.ColumnOf(term) is var column and >= 0) _seen.Add(column);
        });
        Finish();
    }

    /// <summary>Takes a text whose terms are numbered already.</summary>
    /// <param name="terms">Numbers of its terms, as often as they stand in it.</param>
    /// <param name="columnOf">By number: the term's column; -1 for one that does not count.</param>
    public void Make(ReadOnlySpan<int> terms, int[] columnOf)
    {
        _seen.Clear();
        foreach (var term in terms)
            if (columnOf[term] is var column and >= 0) _seen.Add(column);
        Finish();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Finish()
    {
        _seen.Sort();
        if (_seen.Count > _columns.Length) (_columns, _values) = (new int[2 * _seen.Count], new double[2 * _seen.Count]);
        _count = 0;
        for (var at = 0; at < _seen.Count;)
        {
            var (column, from) = (_seen[at], at);
            while (at < _seen.Count && _seen[at] == column) at++;
            _columns[_count] = column;
            _values[_count++] = weighting.Of(at - from) * (factors.Length == 0 ? 1 : factors[column]);
        }
        weighting.Scale(_values.AsSpan(0, _count));
    }
}

namespace PSFineTune.Embeddings;

/// <summary>
/// Brings sparse rows of any width down to a few hundred numbers that keep their distances nearly: a matrix of
/// sqrt(3 / width) times 1, 0 and -1, with chances 1/6, 2/3 and 1/6 (Achlioptas 2003, Database-friendly random projections).
/// A column's row of it is drawn from the column's number each time, so that no matrix is held.
/// </summary>
/// <param name="width">Numbers that are kept of each row.</param>
/// <param name="seed">Of the matrix.</param>
sealed class SparseProjection(int width, int seed)
{
    readonly double _scale = Math.Sqrt(3.0 / width);

    public float[] Of(ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        var sums = new double[width];
        for (var i = 0; i < columns.Length; i++)
        {
            var (random, value) = (RandomStream.For(seed, 0, (ulong)columns[i], 0), values[i] * _scale);
            foreach (ref var sum in sums.AsSpan())
                switch (random.Below(6))
                {
                    case 0: sum += value; break;
                    case 1: sum -= value; break;
                }
        }
        return Array.ConvertAll(sums, sum => (float)sum);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace PSFineTune.Drift;

/// <summary>The Euclidean distance of every sample to every other, computed once for all that is asked of it. Read by any number of threads.</summary>
sealed class PairDistances
{
    readonly double[] _values;

    PairDistances(int count, double[] values) => (Count, _values) = (count, values);

    public int Count { get; }

    /// <summary>Distances of a sample to all, itself (0) too.</summary>
    public ReadOnlySpan<double> Of(int row) => _values.AsSpan(row * Count, Count);

    /// <param name="rows">Features of each sample, equally many; at most 10,000 samples.</param>
    /// <param name="cancel">Stops within one row.</param>
    public static PairDistances Of(IReadOnlyList<float[]> rows, CancellationToken cancel)
    {
        var count = rows.Count;
        var values = new double[count * count];
        double[][] wide = [.. rows.Select(row => Array.ConvertAll(row, value => (double)value))];
        Parallel.For(0, count, new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, row =>
        {
            for (var other = 0; other < row; other++) values[row * count + other] = values[other * count + row] = Math.Sqrt(Square(wide[row], wide[other]));
        });
        return new(count, values);
    }

    static double Square(double[] left, double[] right)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(left);
        var b = MemoryMarshal.Cast<double, Vector<double>>(right);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            sums += difference * difference;
        }
        var sum = Vector.Sum(sums);
        for (var i = a.Length * Vector<double>.Count; i < left.Length; i++) sum += (left[i] - right[i]) * (left[i] - right[i]);
        return sum;
    }
}

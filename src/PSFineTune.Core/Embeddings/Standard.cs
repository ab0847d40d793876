namespace PSFineTune.Embeddings;

/// <summary>Numbers by their mean and standard deviation over all rows, so that each counts alike; one that is the same in all rows becomes 0.</summary>
static class Standard
{
    public static float[][] Of(IReadOnlyList<float[]> rows)
    {
        var (width, count) = (rows[0].Length, rows.Count);
        var (means, squares) = (new double[width], new double[width]);
        foreach (var row in rows)
            for (var at = 0; at < width; at++) means[at] += (double)row[at] / count;
        foreach (var row in rows)
            for (var at = 0; at < width; at++) squares[at] += (row[at] - means[at]) * (row[at] - means[at]) / count;
        return [.. rows.Select(row =>
        {
            var made = new float[width];
            for (var at = 0; at < width; at++) made[at] = squares[at] > 1e-12 ? (float)((row[at] - means[at]) / Math.Sqrt(squares[at])) : 0;
            return made;
        })];
    }
}

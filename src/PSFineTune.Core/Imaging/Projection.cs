namespace PSFineTune.Imaging;

/// <summary>
/// Where an output point comes from in perspective: x' = (A x + B y + C) / (G x + H y + 1), y' = (D x + E y + F) / (G x + H y + 1),
/// in pixels from the top left corner, x to the right and y down.
/// </summary>
readonly record struct Projection(double A, double B, double C, double D, double E, double F, double G, double H)
{
    const int Unknowns = 8;

    /// <summary>The projection that brings each point of the source to its place, or null where three of the points lie in a line.</summary>
    /// <param name="from">Four points of the source, x and y.</param>
    /// <param name="to">Where they are to lie, x and y.</param>
    public static Projection? Between(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        // Two equations a point, the right side in the last column.
        var rows = new double[Unknowns, Unknowns + 1];
        for (var i = 0; i < Unknowns; i++)
        {
            var (x, y, second) = (to[i / 2 * 2], to[i / 2 * 2 + 1], i % 2 * 3);
            (rows[i, second], rows[i, second + 1], rows[i, second + 2]) = (x, y, 1);
            (rows[i, 6], rows[i, 7], rows[i, 8]) = (-from[i] * x, -from[i] * y, from[i]);
        }
        return Solved(rows) is { } c ? new(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]) : null;
    }

    /// <summary>By elimination (Gauss and Jordan), the largest pivot first.</summary>
    static double[]? Solved(double[,] rows)
    {
        for (var column = 0; column < Unknowns; column++)
        {
            var pivot = column;
            for (var i = column + 1; i < Unknowns; i++)
                if (Math.Abs(rows[i, column]) > Math.Abs(rows[pivot, column])) pivot = i;
            if (Math.Abs(rows[pivot, column]) < 1e-9) return null;

            for (var k = column; k <= Unknowns; k++) (rows[column, k], rows[pivot, k]) = (rows[pivot, k], rows[column, k]);
            for (var i = 0; i < Unknowns; i++)
            {
                var times = i == column ? 0 : rows[i, column] / rows[column, column];
                for (var k = column; times != 0 && k <= Unknowns; k++) rows[i, k] -= times * rows[column, k];
            }
        }
        var solved = new double[Unknowns];
        for (var i = 0; i < Unknowns; i++) solved[i] = rows[i, Unknowns] / rows[i, i];
        return solved;
    }
}

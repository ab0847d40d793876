namespace PSFineTune.Pictures;

/// <summary>A table of pictures, as data: cells in rows, each a square.</summary>
public sealed record ImageGrid
{
    /// <summary>Pixels an inch of the screen has.</summary>
    public const int Dpi = 96;

    // Skia draws no more on a side, and a picture of a hundred megapixels is more than any viewer likes.
    const int MostSide = 30_000;
    const long MostPixels = 200_000_000;

    public int Rows { get; init; } = 1;

    public int Columns { get; init; } = 1;

    /// <summary>Side of a cell, inches.</summary>
    public double Scale { get; init; } = 2;

    /// <summary>Pixels: columns x scale x 96.</summary>
    public int Width => (int)Math.Round(Columns * Scale * Dpi);

    /// <summary>Pixels: rows x scale x 96.</summary>
    public int Height => (int)Math.Round(Rows * Scale * Dpi);

    public int Cells => Rows * Columns;

    /// <summary>Rows and columns as given; what is not given follows from the count, as near to a square as it goes, wider rather than higher.</summary>
    /// <param name="count">Pictures, above 0.</param>
    /// <param name="rows">Null to find it.</param>
    /// <param name="columns">Null to find it.</param>
    /// <param name="scale">Inches.</param>
    /// <exception cref="FineTuneException">GridTooLarge.</exception>
    internal static ImageGrid For(int count, int? rows, int? columns, double scale)
    {
        var across = columns ?? (rows is { } given ? (count + given - 1) / given : (int)Math.Ceiling(Math.Sqrt(count)));
        var grid = new ImageGrid { Rows = rows ?? (count + across - 1) / across, Columns = across, Scale = scale };
        var (width, height) = (grid.Columns * scale * Dpi, grid.Rows * scale * Dpi);
        return width is >= 1 and <= MostSide && height is >= 1 and <= MostSide && width * height <= MostPixels
            ? grid : throw Fault.GridSize(grid.Rows, grid.Columns, scale, MostSide, MostPixels);
    }

    /// <summary>Where a cell lies, pixels; neighbours share no pixel and leave none out.</summary>
    internal (int Left, int Top, int Right, int Bottom) Cell(int index)
    {
        var (row, column) = (index / Columns, index % Columns);
        return (Edge(column), Edge(row), Edge(column + 1), Edge(row + 1));
    }

    int Edge(int cell) => (int)Math.Round(cell * Scale * Dpi);
}

namespace PSFineTune.Imaging;

/// <summary>Where the pixels of one output row come from, one after the other.</summary>
interface IPath
{
    /// <summary>The next place in the source, pixels from the centre of its first one, in 2^-32 of a pixel.</summary>
    (long X, long Y) Next();
}

/// <summary>Numbers of places: whole pixels in the upper 32 bits.</summary>
static class Places
{
    const double Whole = 1L << 32;

    // Further out than any picture's side, and still far from overflow in a row.
    const double Limit = 1e9;

    /// <summary>Beyond every picture.</summary>
    public const long Nowhere = -(1L << 60);

    public static long Fixed(double place) => (long)(Math.Clamp(place, -Limit, Limit) * Whole);
}

/// <summary>Equal steps, as an affine map gives.</summary>
struct StraightPath((long X, long Y) start, (long X, long Y) step) : IPath
{
    readonly long _stepX = step.X, _stepY = step.Y;
    long _x = start.X, _y = start.Y;

    public (long X, long Y) Next()
    {
        var at = (_x, _y);
        _x += _stepX;
        _y += _stepY;
        return at;
    }
}

/// <summary>A row seen in perspective: numerators and denominator grow in equal steps.</summary>
struct ProjectedPath(Projection map, int row) : IPath
{
    readonly double _stepX = map.A, _stepY = map.D, _stepDepth = map.G;
    double _x = map.A * 0.5 + map.B * (row + 0.5) + map.C, _y = map.D * 0.5 + map.E * (row + 0.5) + map.F, _depth = map.G * 0.5 + map.H * (row + 0.5) + 1;

    public (long X, long Y) Next()
    {
        var shrink = 1 / _depth;
        // What lies at or behind the horizon is not seen.
        var at = _depth > 1e-9 ? (Places.Fixed(_x * shrink - 0.5), Places.Fixed(_y * shrink - 0.5)) : (Places.Nowhere, Places.Nowhere);
        _x += _stepX;
        _y += _stepY;
        _depth += _stepDepth;
        return at;
    }
}

/// <summary>Each pixel moved on its own.</summary>
/// <param name="across">By pixel, how far to the right it comes from, pixels.</param>
/// <param name="down">By pixel, how far from below it comes, pixels.</param>
/// <param name="row">Of the output.</param>
/// <param name="width">Of the output.</param>
struct DisplacedPath(float[] across, float[] down, int row, int width) : IPath
{
    readonly int _first = row * width;
    readonly long _y = (long)row << 32;
    int _column;

    public (long X, long Y) Next()
    {
        var x = ((long)_column << 32) + Places.Fixed(across[_first + _column]);
        var y = _y + Places.Fixed(down[_first + _column]);
        _column++;
        return (x, y);
    }
}

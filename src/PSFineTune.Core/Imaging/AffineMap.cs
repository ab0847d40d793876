namespace PSFineTune.Imaging;

/// <summary>
/// Where an output pixel comes from: x' = A x + B y + C, y' = D x + E y + F, in pixels from the centre of each picture,
/// x to the right and y down.
/// </summary>
readonly record struct AffineMap(double A, double B, double C, double D, double E, double F)
{
    /// <summary>A turn counter-clockwise by degrees about a point given from the picture's centre.</summary>
    public static AffineMap Turn(double degrees, double centreX, double centreY)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new(cos, -sin, centreX - cos * centreX + sin * centreY, sin, cos, centreY - sin * centreX - cos * centreY);
    }

    /// <summary>The size that holds the whole turned picture, as torchvision computes it: corners cut to 1e-4 of a pixel, then outwards to whole pixels.</summary>
    public (int Width, int Height) Expanded(int width, int height)
    {
        var (halfWidth, halfHeight) = (0.5 * width, 0.5 * height);
        return (Side(A * halfWidth, B * halfHeight, C + halfWidth), Side(D * halfWidth, E * halfHeight, F + halfHeight));

        static int Side(double alongX, double alongY, double middle)
        {
            const double tolerance = 1e-4;
            var reach = Math.Abs(alongX) + Math.Abs(alongY);
            var most = Math.Ceiling(Math.Truncate((float)(middle + reach) / tolerance) * tolerance);
            var least = Math.Floor(Math.Truncate((float)(middle - reach) / tolerance) * tolerance);
            return Math.Max(1, (int)(most - least));
        }
    }
}

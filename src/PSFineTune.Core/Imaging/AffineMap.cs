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

    /// <summary>
    /// The inverse of: move the centre to the origin, shear along x, then along y, turn clockwise, scale, move back and shift
    /// (torchvision's F.affine).
    /// </summary>
    /// <param name="degrees">Clockwise.</param>
    /// <param name="scale">Above 0.</param>
    /// <param name="shear">Degrees along x and along y, between -90 and 90.</param>
    /// <param name="shift">Pixels to the right and down.</param>
    /// <param name="centre">From the picture's centre, pixels.</param>
    public static AffineMap Of(double degrees, double scale, (double X, double Y) shear, (double X, double Y) shift, (double X, double Y) centre)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var (alongX, alongY) = (Math.Tan(shear.X * Math.PI / 180), Math.Tan(shear.Y * Math.PI / 180));
        var (a, c) = (cos + sin * alongY, sin - cos * alongY);
        var (b, d) = (-a * alongX - sin, -c * alongX + cos);

        // Turns and shears keep areas, so that the determinant is 1 but for the scale.
        var (a1, b1, c1, d1) = (d / scale, -b / scale, -c / scale, a / scale);
        var (x, y) = (centre.X + shift.X, centre.Y + shift.Y);
        return new(a1, b1, centre.X - a1 * x - b1 * y, c1, d1, centre.Y - c1 * x - d1 * y);
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

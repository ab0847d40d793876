using SkiaSharp;

namespace PSFineTune.Data.Samples;

/// <summary>Outlines and lines in the square from -1 to 1.</summary>
static class Outline
{
    /// <summary>A bar with round ends along x.</summary>
    public static SKPath Capsule(double length, double width)
    {
        var (half, radius) = ((float)length / 2, (float)width / 2);
        return Of(path => path.AddRoundRect(new SKRect(-half, -radius, half, radius), radius, radius));
    }

    public static SKPath Box(double width, double height) =>
        Of(path => path.AddRect(new((float)-width / 2, (float)-height / 2, (float)width / 2, (float)height / 2)));

    public static SKPath Disc(double radius) => Of(path => path.AddCircle(0, 0, (float)radius));

    public static SKPath Ring(double radius, double hole) => Of(path =>
    {
        path.AddCircle(0, 0, (float)radius);
        path.AddCircle(0, 0, (float)hole);
        path.FillType = SKPathFillType.EvenOdd;
    });

    /// <summary>The part of a disc above its middle.</summary>
    public static SKPath Dome(double radius) => Of(path => path.AddArc(new SKRect((float)-radius, (float)-radius, (float)radius, (float)radius), 180, 180));

    /// <summary>Corners on a circle.</summary>
    public static SKPath Polygon(int corners) => Star(corners, Math.Cos(Math.PI / corners));

    /// <summary>Points on a circle of 1 with dents between them on a smaller one.</summary>
    public static SKPath Star(int points, double inner) => Closed(Enumerable.Range(0, 2 * points).Select(i => Polar(i % 2 == 0 ? 1 : inner, Math.PI * i / points)));

    public static SKPath Closed(IEnumerable<SKPoint> corners) => Of(path => path.AddPoly([.. corners], close: true));

    public static SKPath Open(IEnumerable<SKPoint> points) => Of(path => path.AddPoly([.. points], close: false));

    /// <summary>Two arcs that meet in points, as of a moon or a banana.</summary>
    public static SKPath Crescent(double thickness) => Of(path =>
    {
        path.MoveTo(-1, 0.1f);
        path.QuadTo(0, -1.3f, 1, 0.1f);
        path.QuadTo(0, (float)(-1.3 + 2 * thickness), -1, 0.1f);
        path.Close();
    });

    public static SKPath Heart() => Of(path =>
    {
        path.MoveTo(0, 0.9f);
        path.CubicTo(-1.6f, -0.3f, -0.6f, -1.3f, 0, -0.45f);
        path.CubicTo(0.6f, -1.3f, 1.6f, -0.3f, 0, 0.9f);
        path.Close();
    });

    public static SKPath Drop() => Of(path =>
    {
        path.MoveTo(0, -1);
        path.CubicTo(0.3f, -0.3f, 0.7f, 0, 0.6f, 0.45f);
        path.CubicTo(0.5f, 1.1f, -0.5f, 1.1f, -0.6f, 0.45f);
        path.CubicTo(-0.7f, 0, -0.3f, -0.3f, 0, -1);
        path.Close();
    });

    /// <summary>A sine along x, as a line.</summary>
    public static SKPath Wave(double length, double height, double waves) =>
        Open(Enumerable.Range(0, 41).Select(i => i / 40.0).Select(t => new SKPoint((float)(length * (t - 0.5)), (float)(height * Math.Sin(2 * Math.PI * waves * t)))));

    public static SKPath Spiral(double turns) => Open(Enumerable.Range(0, 61).Select(i => i / 60.0).Select(t => Polar(t, 2 * Math.PI * turns * t)));

    static SKPoint Polar(double radius, double angle) => new((float)(radius * Math.Sin(angle)), (float)(-radius * Math.Cos(angle)));

    static SKPath Of(Action<SKPathBuilder> draw)
    {
        using var path = new SKPathBuilder();
        draw(path);
        return path.Detach();
    }
}

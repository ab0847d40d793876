using SkiaSharp;

namespace PSFineTune.Data.Samples;

/// <summary>A picture in the making: the square from -1 to 1, and the random numbers that decide it.</summary>
sealed class Scene(SKCanvas canvas, RandomStream random)
{
    public RandomStream Random => random;

    /// <summary>Runs a drawing about a random place, turned and sized at random.</summary>
    /// <param name="low">Least half-size, 1 fills the picture.</param>
    /// <param name="high">Greatest half-size.</param>
    /// <param name="spread">How far from the middle; the drawing stays about inside for 1 - its size.</param>
    /// <param name="draw">In units: its square is from -1 to 1.</param>
    public void Place(double low, double high, double spread, Action draw)
    {
        var size = (float)random.Uniform(low, high);
        canvas.Save();
        canvas.Translate((float)random.Uniform(-spread, spread), (float)random.Uniform(-spread, spread));
        canvas.RotateDegrees((float)random.Uniform(0, 360));
        canvas.Scale(size, size);
        draw();
        canvas.Restore();
    }

    /// <summary>Runs a drawing moved and turned by known amounts.</summary>
    public void At(double x, double y, double degrees, Action draw)
    {
        canvas.Save();
        canvas.Translate((float)x, (float)y);
        canvas.RotateDegrees((float)degrees);
        draw();
        canvas.Restore();
    }

    /// <summary>A gradient between two tones of a colour, as light falls on cloth or wood.</summary>
    public void Background(SKColor color)
    {
        var angle = random.Uniform(0, 2 * Math.PI);
        var end = new SKPoint((float)Math.Cos(angle), (float)Math.Sin(angle));
        using var shader = SKShader.CreateLinearGradient(new(-end.X, -end.Y), end, [Palette.Vary(random, color, 0.15), Palette.Vary(random, color, 0.15)], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawPaint(paint);
    }

    /// <summary>Bands or spots in another tone all over, as of a table cloth.</summary>
    public void Texture(SKColor color)
    {
        var step = random.Uniform(0.15, 0.6);
        var spots = random.Chance(0.4);
        using var paint = new SKPaint { Color = color.WithAlpha((byte)(80 + random.Below(120))), IsAntialias = true };
        At(0, 0, random.Uniform(0, 180), () =>
        {
            for (var y = -1.5; y < 1.5; y += step)
                if (!spots) canvas.DrawRect(-1.5f, (float)y, 3, (float)step / 2, paint);
                else for (var x = -1.5; x < 1.5; x += step) canvas.DrawCircle((float)x, (float)y, (float)step / 5, paint);
        });
    }

    /// <summary>Fills an outline, shaded from one side to the other; the outline is disposed.</summary>
    public void Fill(SKPath outline, SKColor color)
    {
        using var shader = SKShader.CreateLinearGradient(new(0, -0.5f), new(0, 0.5f), [Palette.Vary(random, color, 0.1), Palette.Vary(random, color, 0.1)], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, IsAntialias = true };
        canvas.DrawPath(outline, paint);
        outline.Dispose();
    }

    /// <summary>Draws along a line; the line is disposed.</summary>
    /// <param name="line">In units.</param>
    /// <param name="color">Of the stroke.</param>
    /// <param name="width">In units.</param>
    public void Stroke(SKPath line, SKColor color, double width)
    {
        using var paint = new SKPaint
        {
            Color = color,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = (float)width,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.DrawPath(line, paint);
        line.Dispose();
    }
}

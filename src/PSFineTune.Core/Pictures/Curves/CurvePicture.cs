using PSFineTune.Imaging;
using ScottPlot;
using SkiaSharp;
using ImageFormat = PSFineTune.Imaging.ImageFormat;

namespace PSFineTune.Pictures;

/// <summary>
/// Curves as an image file. ScottPlot draws axes and lines; every letter is drawn here, for a machine may have no fonts,
/// where Skia draws no text and says nothing.
/// </summary>
sealed class CurvePicture(IReadOnlyList<CurvePanel> panels, IReadOnlyList<string> runs, Lettering lettering)
{
    const int Across = 960, PanelHeight = 280;
    const float Left = 84, Right = 24, Top = 34, Bottom = 30;
    const float Size = 14, TitleSize = 16, LegendLine = 22;
    const int Quality = 92;

    static readonly SKColor s_text = new(0x30, 0x30, 0x30);

    // Of several runs only their numbers stand beside the lines; their names are below all panels.
    int Height => panels.Count * PanelHeight + (int)(runs.Count * LegendLine) + 12;

    /// <param name="path">Its ending says the format.</param>
    /// <exception cref="FineTuneException">PictureNotDrawn.</exception>
    public byte[] Encode(string path)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Across, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            for (var index = 0; index < panels.Count; index++) Draw(canvas, panels[index], index * PanelHeight);
            for (var run = 0; run < runs.Count; run++) Name(canvas, run);
        }
        using var pixels = bitmap.PeekPixels();
        using var data = ImageWriter.FormatOf(path) switch
        {
            ImageFormat.Jpeg => pixels.Encode(SKEncodedImageFormat.Jpeg, Quality),
            ImageFormat.Webp => pixels.Encode(SKEncodedImageFormat.Webp, Quality),
            _ => pixels.Encode(SKPngEncoderOptions.Default),
        };
        return data?.ToArray() ?? throw Fault.PictureNotDrawn(path, Across, Height);
    }

    void Draw(SKCanvas canvas, CurvePanel panel, float top)
    {
        using var plot = new Plot();
        foreach (var line in panel.Lines)
        {
            var drawn = plot.Add.Scatter(line.Points.Select(point => point.X).ToArray(), line.Points.Select(point => point.Value).ToArray());
            (drawn.Color, drawn.LineWidth, drawn.MarkerSize) = (Color.FromSKColor(CurveColors.Ink(line.Color)), 2, line.Points.Count > 60 ? 0 : 6);
            if (line.Dashed) drawn.LinePattern = LinePattern.Dashed;
        }
        foreach (var mark in panel.Marks) plot.Add.VerticalLine(mark.X, 2, Color.FromSKColor(CurveColors.Ink(mark.Color)));
        var (places, values) = (panel.RangeTicks(13), panel.ValueTicks(6));
        plot.Axes.Bottom.TickGenerator = Unlettered(places);
        plot.Axes.Left.TickGenerator = Unlettered(values);
        plot.Axes.SetLimits(panel.Range.Low - 0.02 * Span(panel.Range), panel.Range.High + 0.02 * Span(panel.Range), panel.Values.Low, panel.Values.High);
        plot.Layout.Fixed(new PixelPadding(Left, Right, Bottom, Top));
        // It clears all that it may draw on.
        canvas.Save();
        canvas.ClipRect(new(0, top, Across, top + PanelHeight));
        plot.Render(canvas, new PixelRect(0, Across, top + PanelHeight, top));
        canvas.RestoreToCount(1);

        foreach (var place in places) Centred(canvas, panel.Axis.Text(place), plot.GetPixel(new(place, panel.Values.Low)).X, top + PanelHeight - Bottom + Size + 6);
        foreach (var value in values)
            lettering.Draw(canvas, panel.Text(value), Left - 9 - lettering.Width(panel.Text(value), Size), plot.GetPixel(new(panel.Range.Low, value)).Y + Size * 0.35f, Size, s_text);
        lettering.Draw(canvas, panel.Title, Left, top + Top - 10, TitleSize, SKColors.Black);
        lettering.Draw(canvas, panel.Axis.Name, 16, top + PanelHeight - Bottom + Size + 6, Size, s_text);
        Legend(canvas, panel, top + Top - 10);
    }

    // From the right: each line's stroke and name, where there is more than one to tell apart.
    void Legend(SKCanvas canvas, CurvePanel panel, float baseline)
    {
        var x = (float)Across - Right;
        if (runs.Count > 1 && panel.Lines.Any(line => line.Dashed)) x = Key(canvas, 6, true, "training", x, baseline);
        if (runs.Count > 1 && panel.Lines.Any(line => line.Dashed)) Key(canvas, 6, false, "validation", x, baseline);
        foreach (var mark in panel.Marks) x = Key(canvas, mark.Color, false, mark.Name, x, baseline);
        if (runs.Count > 1 || panel.Lines.Count < 2) return;
        foreach (var line in panel.Lines) x = Key(canvas, line.Color, line.Dashed, line.Name, x, baseline);
    }

    float Key(SKCanvas canvas, int color, bool dashed, string name, float right, float baseline)
    {
        var left = right - lettering.Width(name, Size);
        lettering.Draw(canvas, name, left, baseline, Size, s_text);
        Stroke(canvas, color, dashed, left - 40, baseline - 5);
        return left - 60;
    }

    void Name(SKCanvas canvas, int run)
    {
        var baseline = panels.Count * PanelHeight + (run + 0.8f) * LegendLine;
        if (runs.Count > 1) Stroke(canvas, run, false, Left, baseline - 5);
        var left = Left + (runs.Count > 1 ? 42 : 0);
        lettering.Draw(canvas, lettering.Fitted(runs[run], Size, Across - left - Right), left, baseline, Size, s_text);
    }

    void Centred(SKCanvas canvas, string text, float middle, float baseline) => lettering.Draw(canvas, text, middle - lettering.Width(text, Size) / 2, baseline, Size, s_text);

    static void Stroke(SKCanvas canvas, int color, bool dashed, float left, float y)
    {
        using var dash = dashed ? SKPathEffect.CreateDash([8, 4], 0) : null;
        using var ink = new SKPaint { Color = CurveColors.Ink(color), StrokeWidth = 2.5f, IsAntialias = true, Style = SKPaintStyle.Stroke, PathEffect = dash };
        canvas.DrawLine(left, y, left + 32, y, ink);
    }

    static ScottPlot.TickGenerators.NumericManual Unlettered(IReadOnlyList<double> places) => new([.. places], [.. places.Select(_ => "")]);

    static double Span((double Low, double High) range) => range.High - range.Low;
}

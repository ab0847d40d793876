namespace PSFineTune.Pictures;

/// <summary>One point of a chart.</summary>
/// <param name="Series">The line it belongs to.</param>
/// <param name="X">Place on the axis.</param>
/// <param name="Y">Value.</param>
readonly record struct ChartPoint(string Series, double X, double Y);

/// <summary>Numbers of any kind as lines, one a series, in the order in which the series are first seen.</summary>
/// <param name="points">At least one.</param>
/// <param name="x">Name of the axis.</param>
/// <param name="y">What is measured.</param>
/// <param name="logarithmic">The axis has logarithms; every place is above 0.</param>
sealed class LineChart(IReadOnlyList<ChartPoint> points, string x, string y, bool logarithmic) : CurveDrawing
{
    public override IReadOnlyList<string> Names { get; } = [.. points.Select(point => point.Series).Distinct()];

    public override IReadOnlyList<CurvePanel> Panels { get; } =
    [
        new(y, IsShare: false, [.. points.GroupBy(point => point.Series).Select((line, place) => new CurveLine(line.Key, $"{place + 1}", place, Dashed: false,
            [.. line.Select(point => (logarithmic ? Math.Log10(point.X) : point.X, point.Y)).OrderBy(point => point.Item1)]))])
        {
            Axis = logarithmic ? CurveAxis.Logarithms(x) : CurveAxis.Of(x),
        },
    ];

    protected override string Heading => $"{y} by {x}";
}

using System.Globalization;

namespace PSFineTune.Pictures;

/// <summary>One line of a curve.</summary>
/// <param name="Name">In legends.</param>
/// <param name="Mark">One or two characters that stand for it where there are no colours.</param>
/// <param name="Color">Place among the colours; that of its run where there are several.</param>
/// <param name="Dashed">For training where validation is beside it.</param>
/// <param name="Points">Place on the axis and value, places rising; values that were not measured are left out.</param>
sealed record CurveLine(string Name, string Mark, int Color, bool Dashed, IReadOnlyList<(double X, double Value)> Points);

/// <summary>A place on the axis that is pointed out, by a line up from it.</summary>
/// <param name="Name">In legends.</param>
/// <param name="Mark">One or two characters that stand for it in text.</param>
/// <param name="Color">Place among the colours.</param>
/// <param name="X">On the axis.</param>
sealed record CurveMark(string Name, string Mark, int Color, double X);

/// <summary>Lines that share an axis.</summary>
/// <param name="Title">What the axis measures.</param>
/// <param name="IsShare">Shown as percent.</param>
/// <param name="Lines">At least one point in all.</param>
sealed record CurvePanel(string Title, bool IsShare, IReadOnlyList<CurveLine> Lines)
{
    public CurveAxis Axis { get; init; } = CurveAxis.Epochs;

    public IReadOnlyList<CurveMark> Marks { get; init; } = [];

    /// <summary>First and last place; apart, so that a single one has room, too.</summary>
    public (double Low, double High) Range => Apart(Points.Min(point => point.X), Points.Max(point => point.X), 0.5);

    /// <summary>Places that have values, rising.</summary>
    public IReadOnlyList<double> Places => [.. Points.Select(point => point.X).Distinct().Order()];

    /// <summary>Values with a little room; a share does not leave 0 to 1.</summary>
    public (double Low, double High) Values
    {
        get
        {
            var (low, high) = (Points.Min(point => point.Value), Points.Max(point => point.Value));
            var room = (high - low) * 0.05;
            return Apart(IsShare || low >= 0 ? Math.Max(0, low - room) : low - room, IsShare ? Math.Min(1, high + room) : high + room, Math.Max(Math.Abs(high) * 0.1, 1e-9));
        }
    }

    /// <summary>Round values within the axis.</summary>
    public IReadOnlyList<double> ValueTicks(int most) => AxisTicks.Of(Values, most, whole: false);

    public IReadOnlyList<double> RangeTicks(int most) => Axis.Ticks(Range, most);

    public string Text(double value) => IsShare ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.##} %") : value.ToString("0.####;-0.####", CultureInfo.InvariantCulture) is var plain && (value == 0 || Math.Abs(value) >= 0.001) ? plain : value.ToString("0.###e0", CultureInfo.InvariantCulture);

    IEnumerable<(double X, double Value)> Points => Lines.SelectMany(line => line.Points);

    static (double, double) Apart(double low, double high, double least) => high - low > least * 1e-6 ? (low, high) : (low - least, high + least);
}

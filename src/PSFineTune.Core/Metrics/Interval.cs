using System.Globalization;

namespace PSFineTune.Metrics;

/// <summary>A range that holds a measure with a given confidence.</summary>
public sealed record Interval
{
    public double Low { get; init; } = double.NaN;

    public double High { get; init; } = double.NaN;

    /// <summary>Above 0 and below 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Such as 0.881 to 0.938; "" where there is none.</summary>
    public override string ToString() => double.IsNaN(Low) ? "" : string.Create(CultureInfo.InvariantCulture, $"{Low:0.000} to {High:0.000}");
}

namespace PSFineTune.Pictures;

/// <summary>Where an axis has its numbers: at multiples of 1, 2 or 5 times a power of ten.</summary>
static class AxisTicks
{
    /// <param name="range">Of the axis.</param>
    /// <param name="most">Numbers at most, 2 or more.</param>
    /// <param name="whole">Whether parts of one mean nothing, as of an epoch.</param>
    public static IReadOnlyList<double> Of((double Low, double High) range, int most, bool whole)
    {
        var step = Step((range.High - range.Low) / (most + 1));
        if (whole) step = Math.Max(1, step);
        while (Places(range, step).Count > most) step = Step(step * 1.5);
        // Counted, not added up: sums of a step drift away from round numbers.
        var (first, count) = Places(range, step);
        return [.. Enumerable.Range(0, count).Select(place => Math.Round((first + place) * step, 12))];
    }

    static (double First, int Count) Places((double Low, double High) range, double step)
    {
        var (first, last) = (Math.Ceiling(range.Low / step - 1e-9), Math.Floor(range.High / step + 1e-9));
        return (first, (int)Math.Max(0, last - first + 1));
    }

    static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least / power) switch { <= 1.0000001 => 1, <= 2.0000001 => 2, <= 5.0000001 => 5, _ => 10 };
    }
}

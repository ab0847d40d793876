namespace PSFineTune.Pictures;

/// <summary>A curve in one line of text: a block character for each value, the higher the greater it is.</summary>
public static class Sparkline
{
    const string Blocks = "▁▂▃▄▅▆▇█";

    /// <param name="values">In order. One that is no finite number is a space, and does not count for the range.</param>
    /// <param name="width">Characters at most, above 0; where there are more values each character is the mean of its share of them.</param>
    /// <returns>The lowest block is the least of what is drawn, the highest the greatest; values that are all equal are lines half as high.</returns>
    public static string Of(IEnumerable<double> values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var drawn = Shares([.. values], width);
        var known = drawn.Where(double.IsFinite).ToList();
        var (low, high) = known.Count > 0 ? (known.Min(), known.Max()) : (0, 0);
        return string.Concat(drawn.Select(value => Block(value, low, high)));
    }

    static double[] Shares(double[] values, int width) => values.Length <= width ? values
        : [.. Enumerable.Range(0, width).Select(place => Mean(values[(int)((long)place * values.Length / width)..(int)((place + 1L) * values.Length / width)]))];

    static double Mean(double[] values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    // Halves before they are subtracted: the range of the largest numbers is more than a number holds.
    static char Block(double value, double low, double high) =>
        !double.IsFinite(value) ? ' '
        : low == high ? Blocks[Blocks.Length / 2 - 1]
        : Blocks[(int)Math.Round((value / 2 - low / 2) / (high / 2 - low / 2) * (Blocks.Length - 1))];
}

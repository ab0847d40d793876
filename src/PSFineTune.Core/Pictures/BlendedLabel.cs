using System.Globalization;

namespace PSFineTune.Pictures;

/// <summary>The caption of a picture that is of several classes in parts, as ops that mix pictures make them: "hat 70 % / shoes 30 %".</summary>
static class BlendedLabel
{
    const double Least = 0.005;

    /// <param name="classes">Class i has part i.</param>
    /// <param name="parts">Target probabilities, summing to 1; parts that round to nothing are left out.</param>
    public static string Of(IReadOnlyList<string> classes, ReadOnlySpan<float> parts)
    {
        var values = parts.ToArray();
        var shown = Enumerable.Range(0, values.Length).Where(index => values[index] >= Least).OrderByDescending(index => values[index]).ThenBy(index => index).ToList();
        return shown.Count == 1 ? classes[shown[0]] : string.Join(" / ", shown.Select(index => string.Create(CultureInfo.InvariantCulture, $"{classes[index]} {values[index] * 100:0} %")));
    }
}

using System.Globalization;
using PSFineTune.Training;

namespace PSFineTune.Pictures;

/// <summary>The curve of a learning-rate range test, rates by their logarithm, with the suggestion pointed out.</summary>
sealed class RateDrawing(LearningRateCurve curve) : CurveDrawing
{
    // The last losses of a test that diverged would press all others flat.
    const double HighestShown = 1.5;

    public override IReadOnlyList<CurvePanel> Panels { get; } =
    [
        new("loss", false,
        [
            Line(curve, "a step", "l", dashed: true, point => point.Loss),
            Line(curve, "smoothed", "s", dashed: false, point => point.Smoothed),
        ])
        {
            Axis = CurveAxis.Rates,
            Marks = [new(string.Create(CultureInfo.InvariantCulture, $"suggestion {curve.Suggestion:0.##e0}"), ":", 2, Math.Log10(curve.Suggestion))],
        },
    ];

    public override IReadOnlyList<string> Names { get; } = [string.Create(CultureInfo.InvariantCulture,
        $"{curve.Model} learning rate: suggestion {curve.Suggestion:0.##e0}, steepest at {curve.Steep:0.##e0}, minimum over ten {curve.MinimumOverTen:0.##e0}")];

    protected override string Heading => "Learning-rate range test";

    static CurveLine Line(LearningRateCurve curve, string name, string mark, bool dashed, Func<LearningRatePoint, double> value)
    {
        var least = curve.Points.Min(point => point.Smoothed);
        var highest = HighestShown * Math.Max(curve.Points.Take(curve.Points.Count / 2 + 1).Max(point => point.Smoothed), least);
        return new(name, mark, dashed ? 1 : 0, dashed, [.. curve.Points.Where(point => value(point) <= highest).Select(point => (Math.Log10(point.LearningRate), value(point)))]);
    }
}

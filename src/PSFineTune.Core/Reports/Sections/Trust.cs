using PSFineTune.Metrics;

namespace PSFineTune.Reports.Sections;

/// <summary>Whether confidences mean what they say.</summary>
sealed class Trust : ReportSection
{
    public override string Id => "calibration";

    public override string Heading => "Calibration";

    public override Html Body(Report report) => EachRun(report, (run, _) => run.Evaluation is { } judged ? Of(judged) : Html.Empty);

    static Html Of(Evaluation judged)
    {
        var bins = judged.Calibration.Where(bin => bin.Count > 0).ToList();
        return Html.Of($"""
            <p>{Said(judged, bins)}</p>
            {Terms(
            [
                ("Calibration error", Text(Figures.Share(judged.CalibrationError))), ("Log loss", Text(Figures.Number(judged.LogLoss, "0.0000"))),
                ("Brier score", bins.Count > 0 ? Text(Figures.Number(judged.Brier, "0.0000")) : Html.Empty), ("Temperature", judged.Temperature != 1 ? Text(Figures.Number(judged.Temperature)) : Html.Empty),
            ])}
            {(bins.Count == 0 ? Html.Empty : Html.Of($"""<div class="charts">{new ReliabilityFigure(judged.Calibration).Draw()}</div>{Fold("Numbers of each bin", Table(bins))}"""))}
            """);
    }

    // Guo et al. 2017 call modern networks overconfident; which way it is here the signed mean tells.
    static string Said(Evaluation judged, IReadOnlyList<CalibrationBin> bins)
    {
        var error = $"A prediction’s confidence is off by {Figures.Share(judged.CalibrationError)} on average";
        if (bins.Count == 0) return $"{error}.";
        var lean = bins.Sum(bin => bin.Count * (bin.Confidence - bin.Accuracy)) / bins.Sum(bin => bin.Count);
        return $"{error}: the model is {(Math.Abs(lean) < 0.01 ? "neither too sure nor too unsure as a whole" : lean > 0 ? "surer than it is right" : "more often right than it is sure")}.";
    }

    static Html Table(IEnumerable<CalibrationBin> bins) => Scrolled("Numbers of each bin", Html.Of($"""
        <table><caption>Bins of confidence</caption>
        <thead><tr><th scope="col">Confidence</th><th scope="col">Samples</th><th scope="col">Mean confidence</th><th scope="col">Accuracy</th></tr></thead>
        <tbody>{bins.Select(bin => Html.Of($"<tr><th scope=\"row\">{Figures.Share(bin.Low, 0)} to {Figures.Share(bin.High, 0)}</th><td class=\"num\">{Figures.Count(bin.Count)}</td><td class=\"num\">{Figures.Share(bin.Confidence)}</td><td class=\"num\">{Figures.Share(bin.Accuracy)}</td></tr>\n"))}</tbody></table>
        """));
}

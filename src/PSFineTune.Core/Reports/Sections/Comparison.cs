using PSFineTune.Comparison;
using PSFineTune.Metrics;

namespace PSFineTune.Reports.Sections;

/// <summary>Two runs side by side: what was set, what came out, and on which samples they differ.</summary>
sealed class Comparison : ReportSection
{
    public override string Id => "comparison";

    public override string Heading => "Side by side";

    public override Html Body(Report report) => report.Other is not { } other ? Html.Empty : Html.Of($"""
        {Measures(report, report.Run, other)}
        {Plans(report.Run, other)}
        {Samples(report, other)}
        """);

    static Html Measures(Report report, ReportedRun run, ReportedRun other)
    {
        if (run.Evaluation is not { } one || other.Evaluation is not { } two) return Html.Of($"<p>Only runs that could both be judged are compared by their measures.</p>");
        (string Name, Func<Evaluation, double> Of, bool IsShare, bool IsGood)[] measures =
        [
            ("Accuracy", judged => judged.Accuracy, true, true), ("Macro-F1", judged => judged.MacroF1, false, true), ("Log loss", judged => judged.LogLoss, false, false),
            ("Calibration error", judged => judged.CalibrationError, true, false),
        ];
        return Html.Of($"""<p>{Said(report, one, two)}</p>{Scrolled("Measures of both", Html.Of($"""
            <table><caption>Measures on {Figures.Of(one.Count, $"{report.Split.ToString().ToLowerInvariant()} sample")}</caption>
            <thead><tr><th scope="col">Measure</th><th scope="col">{RunName(run, 0)}</th><th scope="col">{RunName(other, 1)}</th><th scope="col">Difference</th></tr></thead>
            <tbody>{measures.Select(measure => Row(measure.Name, measure.Of(one), measure.Of(two), measure.IsShare, measure.IsGood))}
            <tr><th scope="row">Training time</th><td class="num">{Figures.Time(run.TrainingTime)}</td><td class="num">{Figures.Time(other.TrainingTime)}</td><td></td></tr></tbody></table>
            """))}""");
    }

    static string Said(Report report, Evaluation one, Evaluation two)
    {
        if (one.Accuracy == two.Accuracy) return $"Both name {Figures.Share(one.Accuracy)} of the samples right.";
        var chance = PairedTest.Chance(report.OnlyRight.First, report.OnlyRight.Second);
        return $"The second names {Figures.Share(two.Accuracy)} of the samples right, the first {Figures.Share(one.Accuracy)}: {Figures.Number(Math.Abs(100 * (two.Accuracy - one.Accuracy)), "0.0")} points {(two.Accuracy > one.Accuracy ? "more" : "fewer")}. "
            + $"{(chance < 0.05 ? "That is more than chance explains" : "Chance alone may explain that")} (McNemar’s test, p {(chance < 0.001 ? "below 0.001" : $"= {Figures.Number(chance)}")}).";
    }

    static Html Row(string name, double one, double two, bool isShare, bool isGood) => Html.Of($"""
        <tr><th scope="row">{name}</th><td class="num">{(isShare ? Figures.Share(one) : Figures.Number(one))}</td><td class="num">{(isShare ? Figures.Share(two) : Figures.Number(two))}</td><td class="num {(one == two || double.IsNaN(two - one) ? "" : two > one == isGood ? "good" : "bad")}">{(isShare ? Figures.Difference(100 * (two - one), "0.0") + " points" : Figures.Difference(two - one, "0.000"))}</td></tr>

        """);

    static Html Plans(ReportedRun run, ReportedRun other)
    {
        var differences = PlanWords.Differences(run.Record.Plan, other.Record.Plan);
        return differences.Count == 0 ? Html.Of($"<p>Both have the same plan.</p>") : Scrolled("Differences of the plans", Html.Of($"""
            <table class="settings"><caption>Settings that differ</caption>
            <thead><tr><th scope="col">Setting</th><th scope="col">{RunName(run, 0)}</th><th scope="col">{RunName(other, 1)}</th></tr></thead>
            <tbody>{differences.Select(row => Html.Of($"<tr><th scope=\"row\">{row.Name}</th><td>{Shown(row.First)}</td><td>{Shown(row.Second)}</td></tr>\n"))}</tbody></table>
            """));
    }

    static Html Samples(Report report, ReportedRun other) => report.OnlyRight is (0, 0) ? Html.Empty : Html.Of($"""
        <h3>Where they differ</h3>
        <p>Only {RunName(report.Run, 0)} is right about {Figures.Of(report.OnlyRight.First, "sample")}, only {RunName(other, 1)} about {Figures.Count(report.OnlyRight.Second)}.</p>
        {Side(report, "Right in the first alone", wasRight: true)}
        {Side(report, "Right in the second alone", wasRight: false)}
        """);

    static Html Side(Report report, string heading, bool wasRight) => report.Disagreements.Where(one => one.Sample.Predicted == one.Sample.Label == wasRight).ToList() is not { Count: > 0 } side ? Html.Empty : Html.Of($"""
        <p class="lead">{heading}</p>
        {SampleFigure.Grid(side.Select(one => SampleFigure.Of(one.Sample, Html.Of($"""{Html.Name(one.Sample.Label)} <span class="both">{Mark(0)}{Html.Name(one.Sample.Predicted)} <span class="num">{Figures.Share(one.Sample.Confidence, 0)}</span></span> <span class="both">{Mark(1)}{Html.Name(one.Other)} <span class="num">{Figures.Share(one.OtherConfidence, 0)}</span></span>"""))))}
        """);

    static Html Mark(int index) => Html.Of($"<span class=\"mark s{index}\" aria-hidden=\"true\"></span><span class=\"aloud\">{(index == 0 ? "first says " : "second says ")}</span>");

    static Html Shown(string value) => value.Length == 0 ? Html.Of($"–") : Html.Of($"{HtmlText.Short(value, 120)}");
}

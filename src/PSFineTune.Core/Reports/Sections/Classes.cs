using PSFineTune.Metrics;

namespace PSFineTune.Reports.Sections;

/// <summary>How well each class is told from the others.</summary>
sealed class Classes : ReportSection
{
    public override string Id => "classes";

    public override string Heading => "Classes";

    public override Html Body(Report report) => report.Run.Evaluation is not { PerClass.Count: > 0 } judged ? Html.Empty : Scrolled("Measures of each class", Html.Of($"""
        <table class="sortable"><caption>Measures of each class on {Figures.Of(judged.Count, $"{report.Split.ToString().ToLowerInvariant()} sample")}</caption>
        <thead><tr><th scope="col" data-sort="text">Class</th><th scope="col" data-sort="number">Samples</th><th scope="col" data-sort="number">Precision</th><th scope="col" data-sort="number">Recall</th><th scope="col" data-sort="number">F1</th>{Head(report, judged)}</tr></thead>
        <tbody>{judged.PerClass.Select(metric => Row(report, judged, metric))}</tbody>
        <tfoot>{Foot("Mean of classes", judged.Macro)}{Foot("Mean of samples", judged.Weighted)}</tfoot></table>
        """));

    static Html Head(Report report, Evaluation judged) => Html.Of($"""{(HasArea(judged) ? Html.Of($"<th scope=\"col\" data-sort=\"number\">Area under ROC</th>") : Html.Empty)}{(Others(report) is null ? Html.Empty : Html.Of($"<th scope=\"col\" data-sort=\"number\">F1 beside</th><th scope=\"col\" data-sort=\"number\">Difference</th>"))}""");

    static Html Row(Report report, Evaluation judged, ClassMetric metric) => Html.Of($"""
        <tr><th scope="row">{Html.Name(metric.Label)}</th>{Value(metric.Support, Figures.Count(metric.Support))}{Value(metric.Precision)}{Value(metric.Recall)}<td class="num barred" data-value="{metric.F1}"><span class="bar" style="--w:{100 * metric.F1:0.#}"></span>{Figures.Number(metric.F1)}</td>{(HasArea(judged) ? Value(metric.AreaUnderRoc) : Html.Empty)}{Beside(report, metric)}</tr>

        """);

    static Html Beside(Report report, ClassMetric metric)
    {
        if (Others(report) is not { } others) return Html.Empty;
        var other = others.FirstOrDefault(one => one.Label == metric.Label)?.F1 ?? double.NaN;
        return Html.Of($"{Value(other)}{Value(other - metric.F1, Figures.Difference(other - metric.F1, "0.000"))}");
    }

    static Html Value(double value, string? text = null) => Html.Of($"<td class=\"num\" data-value=\"{value}\">{text ?? Figures.Number(value)}</td>");

    // Where they were not computed they are all nothing.
    static Html Foot(string name, AverageMetric mean) => mean == new AverageMetric() ? Html.Empty
        : Html.Of($"<tr><th scope=\"row\">{name}</th><td></td><td class=\"num\">{Figures.Number(mean.Precision)}</td><td class=\"num\">{Figures.Number(mean.Recall)}</td><td class=\"num\">{Figures.Number(mean.F1)}</td></tr>");

    static bool HasArea(Evaluation judged) => judged.PerClass.Any(metric => double.IsFinite(metric.AreaUnderRoc));

    static IReadOnlyList<ClassMetric>? Others(Report report) => report.Other?.Evaluation?.PerClass;
}

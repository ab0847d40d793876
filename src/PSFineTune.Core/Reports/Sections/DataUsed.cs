using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Reports.Sections;

/// <summary>What the model learned from: how much of each class, what is wrong with it, and how it looks.</summary>
sealed class DataUsed : ReportSection
{
    const int Examples = 3;

    public override string Id => "data";

    public override string Heading => "Data";

    public override Html Body(Report report) => Html.Of($"""
        {(report.DataName.Length > 0 ? Html.Of($"<p>{Html.Name(report.DataName)}: {(report.Counts.Count > 0 ? Sizes(report.Counts) : Figures.Of(report.Run.Record.Classes.Count, "class", "classes"))}.</p>") : Html.Empty)}
        {(report.Counts.Count > 0 ? Counts(report.Counts) : Html.Empty)}
        {(report.Findings.Count > 0 ? Html.Of($"<h3>Audit</h3>{report.Findings.GroupBy(finding => finding.Rule).OrderByDescending(rule => rule.Max(finding => finding.Severity)).ThenByDescending(rule => rule.Count()).Select(Rule)}") : report.IsAudited ? Html.Of($"<h3>Audit</h3><p>No rule found anything in the data.</p>") : Html.Empty)}
        {(report.Samples.Count > 0 ? Html.Of($"<h3>Some training samples</h3>{SampleFigure.Grid(report.Samples.Select(sample => SampleFigure.Of(sample)))}") : Html.Empty)}
        """);

    static string Sizes(IReadOnlyList<ClassCount> counts) =>
        $"{Figures.Of(counts.Count, "class", "classes")}, {Figures.Of(counts.Sum(All), "sample")}, of which {Figures.Count(counts.Sum(count => count.Train))} train, {Figures.Count(counts.Sum(count => count.Validation))} validate and {Figures.Count(counts.Sum(count => count.Test))} test";

    static Html Counts(IReadOnlyList<ClassCount> counts)
    {
        var most = Math.Max(1, counts.Max(All));
        return Scrolled("Samples of each class", Html.Of($"""
            <table class="sortable"><caption>Samples of each class</caption>
            <thead><tr><th scope="col" data-sort="text">Class</th><th scope="col" data-sort="number">Train</th><th scope="col" data-sort="number">Validation</th><th scope="col" data-sort="number">Test</th><th scope="col" data-sort="number">All</th></tr></thead>
            <tbody>{counts.Select(count => Html.Of($"""
            <tr><th scope="row">{Html.Name(count.Label)}</th><td class="num">{Figures.Count(count.Train)}</td><td class="num">{Figures.Count(count.Validation)}</td><td class="num">{Figures.Count(count.Test)}</td><td class="num barred"><span class="bar" style="--w:{100.0 * All(count) / most:0.#}"></span>{Figures.Count(All(count))}</td></tr>

            """))}</tbody></table>
            """));
    }

    static Html Rule(IGrouping<string, AuditFinding> rule)
    {
        var findings = rule.OrderByDescending(finding => finding.Severity).ToList();
        return Html.Of($"""
            <div class="finding {Kind(findings[0].Severity)}"><p><strong>{rule.Key}</strong> <span class="badge">{findings[0].Severity.ToString()}</span> {Figures.Of(findings.Count, "finding")}</p>
            <ul>{findings.Take(Examples).Select(finding => Html.Of($"<li>{Html.Name(Place(finding))}{finding.Message}{(finding.Action.Length > 0 ? " " + finding.Action : "")}</li>"))}</ul>
            {(findings.Count > Examples ? Html.Of($"<p class=\"more\">and {Figures.Count(findings.Count - Examples)} more</p>") : Html.Empty)}</div>

            """);
    }

    static string Place(AuditFinding finding) => finding.Path.Length == 0 ? "" : finding.Line is { } line ? $"{finding.Path}, line {line}: " : $"{finding.Path}: ";

    static string Kind(FindingSeverity severity) => severity switch { FindingSeverity.Error => "error", FindingSeverity.Warning => "warning", _ => "note" };

    static int All(ClassCount count) => count.Train + count.Validation + count.Test;
}

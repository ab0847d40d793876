using PSFineTune.Metrics;

namespace PSFineTune.Reports.Sections;

/// <summary>What was taken for what, and the samples behind each number.</summary>
sealed class ConfusionMatrix : ReportSection
{
    /// <summary>Rows that a reader still finds a way in; of more classes those with most mistakes are shown.</summary>
    const int MostClasses = 40;

    /// <summary>Columns that leave room for samples beside them.</summary>
    const int NarrowClasses = 14;

    const int MostPairs = 8;

    public override string Id => "confusion";

    public override string Heading => "Confusion";

    public override Html Body(Report report) => EachRun(report, (run, index) => run.Evaluation is { Confusion.Rows.Count: > 0 } judged ? Of(run, judged.Confusion, index) : Html.Empty);

    static Html Of(ReportedRun run, Confusion confusion, int index)
    {
        var shown = Shown(confusion);
        return Html.Of($"""
            {Pairs(confusion)}
            {(shown.Count < confusion.Labels.Count ? Html.Of($"<p>The {shown.Count} classes with most mistakes, of {confusion.Labels.Count}:</p>") : Html.Empty)}
            <div class="matrix{(shown.Count <= NarrowClasses ? " narrow" : "")}">
            <p class="hint">Choose a number to see its samples; arrow keys go from number to number.</p>
            {Scrolled($"Confusion matrix of {run.Name}", Html.Of($"""
            <table class="confusion"><caption>Rows are what samples are, columns what the model says; numbers are samples.</caption>
            <thead><tr><th scope="col" class="corner">is ↓ said →</th>{shown.Select(column => Html.Of($"<th scope=\"col\" class=\"said\"><span title=\"{confusion.Labels[column]}\">{Html.Name(confusion.Labels[column])}</span></th>"))}<th scope="col">all</th></tr></thead>
            <tbody>{shown.Select(row => Html.Of($"""
            <tr><th scope="row">{Html.Name(confusion.Labels[row])}</th>{shown.Select(column => Cell(run, confusion, index, row, column))}<td class="num sum">{Figures.Count(confusion.Rows[row].Sum())}</td></tr>

            """))}</tbody></table>
            """))}
            <p role="status" class="chosen"></p>
            <div class="cells">{run.Cells.Where(cell => shown.Contains(cell.Key.Row) && shown.Contains(cell.Key.Column)).OrderBy(cell => cell.Key).Select(cell => Samples(confusion, index, cell.Key, cell.Value))}</div>
            </div>
            """);
    }

    static Html Cell(ReportedRun run, Confusion confusion, int index, int row, int column)
    {
        var (count, all) = (confusion.Rows[row][column], confusion.Rows[row].Sum());
        if (count == 0) return Html.Of($"<td class=\"none\">0</td>");
        var kind = row == column ? "hit" : "miss";
        var number = run.Cells.ContainsKey((row, column)) ? Html.Of($"<a href=\"#{Address(index, (row, column))}\" aria-label=\"{Described(confusion, row, column)}\">{count}</a>") : Html.Of($"<span>{count}</span>");
        return Html.Of($"<td class=\"{kind}\" style=\"--v:{100.0 * count / all:0}\">{number}</td>");
    }

    static Html Samples(Confusion confusion, int index, (int Row, int Column) cell, IReadOnlyList<ShownSample> samples)
    {
        var (address, count) = (Address(index, cell), confusion.Rows[cell.Row][cell.Column]);
        return Html.Of($"""
            <div class="cell" id="{address}" role="group" aria-labelledby="{address}-title"><p class="lead" id="{address}-title">{Described(confusion, cell.Row, cell.Column)}{(samples.Count < count ? $"; shown: the {Figures.Count(samples.Count)} of highest confidence" : "")}</p>
            {SampleFigure.Grid(samples.Select(sample => SampleFigure.Of(sample, Html.Of($"<span class=\"num\">{Figures.Share(sample.Confidence, 0)}</span>{SampleFigure.File(sample)}"))))}</div>

            """);
    }

    static string Described(Confusion confusion, int row, int column) =>
        $"{(row == column ? $"{confusion.Labels[row]}, recognised" : $"{confusion.Labels[row]}, taken for {confusion.Labels[column]}")}: {Figures.Of(confusion.Rows[row][column], "sample")}";

    static Html Pairs(Confusion confusion)
    {
        var pairs = (from row in Enumerable.Range(0, confusion.Rows.Count)
                     from column in Enumerable.Range(0, confusion.Rows.Count)
                     where row != column && confusion.Rows[row][column] > 0
                     orderby confusion.Rows[row][column] descending
                     select (row, column)).Take(MostPairs).ToList();
        return pairs.Count == 0 ? Html.Of($"<p>No sample was taken for another class.</p>") : Html.Of($"""
            <p class="lead">Taken for another most often</p>
            <ol class="pairs">{pairs.Select(pair => Html.Of($"<li>{Html.Name(confusion.Labels[pair.row])} <span aria-hidden=\"true\">→</span><span class=\"aloud\"> taken for </span> {Html.Name(confusion.Labels[pair.column])} <span class=\"num\">{Figures.Count(confusion.Rows[pair.row][pair.column])} of {Figures.Count(confusion.Rows[pair.row].Sum())}</span></li>"))}</ol>
            """);
    }

    static List<int> Shown(Confusion confusion)
    {
        var all = Enumerable.Range(0, confusion.Rows.Count);
        return confusion.Rows.Count <= MostClasses ? [.. all]
            : [.. all.OrderByDescending(label => confusion.Rows[label].Sum() + confusion.Rows.Sum(row => row[label]) - 2 * confusion.Rows[label][label]).Take(MostClasses).Order()];
    }

    static string Address(int index, (int Row, int Column) cell) => $"cell-{index}-{cell.Row}-{cell.Column}";
}

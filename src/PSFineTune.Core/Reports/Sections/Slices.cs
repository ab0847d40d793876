namespace PSFineTune.Reports.Sections;

/// <summary>How good the model is on parts of the data.</summary>
sealed class Slices : ReportSection
{
    public override string Id => "slices";

    public override string Heading => "Slices";

    public override Html Body(Report report) => EachRun(report, (run, _) => run.Evaluation is not { Slices.Count: > 0 } judged ? Html.Empty
        : Html.Of(judged.Slices.GroupBy(slice => slice.Column).Select(column => Scrolled($"Slices of {column.Key}", Html.Of($"""
            <table class="sortable"><caption>{Html.Name(column.Key)}</caption>
            <thead><tr><th scope="col" data-sort="text">Value</th><th scope="col" data-sort="number">Samples</th><th scope="col" data-sort="number">Accuracy</th><th scope="col">Interval</th><th scope="col" data-sort="number">Macro-F1</th><th scope="col" data-sort="number">Log loss</th></tr></thead>
            <tbody>{column.Select(slice => Html.Of($"""
            <tr><th scope="row">{Html.Name(slice.Value)}</th><td class="num" data-value="{slice.Count}">{Figures.Count(slice.Count)}</td><td class="num barred" data-value="{slice.Accuracy}"><span class="bar" style="--w:{100 * slice.Accuracy:0.#}"></span>{Figures.Share(slice.Accuracy)}</td><td class="num">{(double.IsFinite(slice.AccuracyInterval.Low) ? $"{Figures.Share(slice.AccuracyInterval.Low)} to {Figures.Share(slice.AccuracyInterval.High)}" : "–")}</td><td class="num" data-value="{slice.MacroF1}">{Figures.Number(slice.MacroF1)}</td><td class="num" data-value="{slice.LogLoss}">{Figures.Number(slice.LogLoss)}</td></tr>

            """))}</tbody></table>
            """)))));
}

using PSFineTune.Training;

namespace PSFineTune.Reports.Sections;

/// <summary>How the model learned: settings, layers, and how its samples were varied.</summary>
sealed class Plan : ReportSection
{
    public override string Id => "plan";

    public override string Heading => "Plan";

    public override Html Body(Report report) => Html.Of($"""
        {EachRun(report, (run, _) => Html.Of($"""
        {Terms(PlanWords.Of(run.Record.Plan).Select(row => (row.Name, Text(row.Value))))}
        {Layers(run.Layers)}
        {List("Before the first step", run.Record.Preparation)}
        {List("Said while it ran", run.Record.Notes)}
        """))}
        {Augmentation(report)}
        {Fold("All settings as JSON", Html.Of($"<pre tabindex=\"0\" role=\"group\" aria-label=\"All settings as JSON\">{PlanJson.Write(report.Run.Record.Plan)}</pre>"))}
        """);

    static Html Layers(IReadOnlyList<ModelLayer> layers) => layers.Count == 0 ? Html.Empty : Scrolled("Layers", Html.Of($"""
        <table><caption>Layers from input to output, as the first epoch trains them</caption>
        <thead><tr><th scope="col">Group</th><th scope="col">Parameters</th><th scope="col">Trained</th><th scope="col">Learning rate</th></tr></thead>
        <tbody>{layers.GroupBy(layer => layer.Group).Select(Group)}</tbody>
        <tfoot><tr><th scope="row">All</th><td class="num">{Figures.Count(layers.Sum(layer => layer.Parameters))}</td><td class="num">{Figures.Count(layers.Where(layer => layer.Trainable).Sum(layer => layer.Parameters))}</td><td></td></tr></tfoot></table>
        """));

    static Html Group(IGrouping<string, ModelLayer> group)
    {
        var (all, trained) = (group.Sum(layer => layer.Parameters), group.Where(layer => layer.Trainable).ToList());
        var rates = trained.Select(layer => layer.LearningRate).Distinct().Order().ToList();
        return Html.Of($"""
            <tr{(trained.Count == 0 ? Html.Of($" class=\"frozen\"") : Html.Empty)}><th scope="row">{group.Key}</th><td class="num">{Figures.Count(all)}</td><td class="num">{(trained.Count == 0 ? "frozen" : Figures.Count(trained.Sum(layer => layer.Parameters)))}</td><td class="num">{(rates.Count == 0 ? "–" : rates.Count == 1 ? Figures.Small(rates[0]) : $"{Figures.Small(rates[0])} to {Figures.Small(rates[^1])}")}</td></tr>

            """);
    }

    static Html Augmentation(Report report) => report.Run.Record.Plan.Augment.Ops is not { Count: > 0 } ops ? Html.Empty : Html.Of($"""
        <h3>Augmentation</h3>
        <p>Every training image is varied anew in every epoch, by these operations in this order:</p>
        <ol class="ops">{ops.Select(op => Html.Of($"<li>{PlanWords.Of(op)}</li>"))}</ol>
        {(report.Augmented.Count > 0 ? Html.Of($"<p>Some samples, and what the first epochs make of them:</p><div class=\"augmented\">{report.Augmented.Select(row => SampleFigure.Grid(row.Select(sample => SampleFigure.Of(sample))))}</div>") : Html.Empty)}
        """);

    static Html List(string heading, IReadOnlyList<string> lines) => lines.Count == 0 ? Html.Empty : Html.Of($"<p class=\"lead\">{heading}</p><ul>{lines.Select(line => Html.Of($"<li>{line}</li>"))}</ul>");
}

namespace PSFineTune.Reports.Sections;

/// <summary>The samples that the model is most wrong about, and why it said so where it can tell.</summary>
sealed class Mistakes : ReportSection
{
    public override string Id => "mistakes";

    public override string Heading => "Worst mistakes";

    // A sample that is named right is no mistake, however unsure the model was.
    public override Html Body(Report report) => EachRun(report, (run, _) => run.Worst.Where(sample => sample.Predicted != sample.Label).ToList() is not { Count: > 0 } wrong ? Html.Empty : Html.Of($"""
        <p>Look at these first: some may be labelled wrongly.{(wrong.Any(sample => sample.Words is not null) ? " Below a text are the words that spoke for what the model said, or against it." : "")}</p>
        {SampleFigure.Grid(wrong.Select(sample => SampleFigure.Of(sample, Html.Of($"""
        {SampleFigure.Caption(sample)} <span class="num loss">loss {Figures.Number(sample.Loss, "0.00")}</span>{SampleFigure.File(sample)}{(sample.Words is { } words ? Html.Of($"<ul class=\"words\">{words}</ul>") : Html.Empty)}
        """))))}
        """));
}

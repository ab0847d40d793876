namespace PSFineTune.Reports.Sections;

/// <summary>The samples that the model is most wrong about, and why it said so where it can tell.</summary>
sealed class Mistakes : ReportSection
{
    public override string Id => "mistakes";

    public override string Heading => "Worst mistakes";

    // A sample that is named right is no mistake, however unsure the model was.
    public override Html Body(Report report) => EachRun(report, (run, _) => run.Worst.Where(sample => sample.Predicted != sample.Label).ToList() is not { Count: > 0 } wrong ? Html.Empty : Html.Of($"""
        <p>Look at these first: some may be labelled wrongly.{(wrong.Any(sample => sample.Words is not null) ? Html.Of($" Marked are the words that spoke <mark class=\"for\" style=\"--w:70\">for</mark> what the model said, or <mark class=\"against\" style=\"--w:70\">against</mark> it: the stronger, the fuller.") : wrong.Any(sample => sample.Heat is not null) ? Html.Of($" The second picture shows where the model found what it said: the brighter, the more.") : Html.Empty)}</p>
        {SampleFigure.Grid(wrong.Select(sample => SampleFigure.Of(sample, Html.Of($"""
        {SampleFigure.Caption(sample)} <span class="num loss">loss {Figures.Number(sample.Loss, "0.00")}</span>{SampleFigure.File(sample)}
        """))))}
        """));
}

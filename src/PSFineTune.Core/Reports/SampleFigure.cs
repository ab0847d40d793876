namespace PSFineTune.Reports;

/// <summary>A sample on the page: its picture or text, and below it what is known of it.</summary>
static class SampleFigure
{
    public static Html Of(ShownSample sample, Html? caption = null) => Html.Of($"""
        <figure class="sample{(sample.Text is null ? "" : " text")}">{Seen(sample)}<figcaption>{caption ?? Caption(sample)}</figcaption></figure>

        """);

    public static Html Grid(IEnumerable<Html> figures) => Html.Of($"""<div class="samples">{figures}</div>""");

    /// <summary>What it is, and what the model says of it where that is something else.</summary>
    public static Html Caption(ShownSample sample) =>
        sample.Drawn is { } drawn ? Html.Of($"{drawn}")
        : sample.Predicted is null ? Html.Name(sample.Label)
        : sample.Predicted == sample.Label ? Html.Of($"{Html.Name(sample.Label)} <span class=\"num good\">{Figures.Share(sample.Confidence, 0)}</span>")
        : Html.Of($"{Html.Name(sample.Label)}, taken for <span class=\"bad\">{Html.Name(sample.Predicted)} <span class=\"num\">{Figures.Share(sample.Confidence, 0)}</span></span>");

    /// <summary>Where it lies, in short; the picture tells all of it.</summary>
    public static Html File(ShownSample sample) => sample.Name.Length == 0 ? Html.Empty : Html.Of($"<span class=\"file\" title=\"{sample.Name}\">{Html.Name(sample.Name[(sample.Name.LastIndexOf('/') + 1)..])}</span>");

    static Html Seen(ShownSample sample) =>
        sample.Words is { } words ? Html.Of($"""<blockquote dir="auto">{words}</blockquote>""")
        : sample.Text is { } text ? Html.Of($"""<blockquote dir="auto">{text}</blockquote>""")
        : sample.Picture is { } file ? Html.Of($"{Image(file, sample, Described(sample))}{(sample.Heat is { } heat ? Image(heat, sample, "The same picture; what the model looked at is marked.") : Html.Empty)}")
        : Html.Of($"""<p class="gone">{sample.Name} cannot be shown.</p>""");

    static Html Image(byte[] file, ShownSample sample, string described) =>
        Html.Of($"""<img src="data:image/jpeg;base64,{Convert.ToBase64String(file)}" alt="{described}" title="{sample.Name}" width="{sample.Size.Width}" height="{sample.Size.Height}">""");

    static string Described(ShownSample sample) =>
        sample.Drawn is { } drawn ? $"{sample.Label}, augmented: {drawn}"
        : sample.Predicted is null || sample.Predicted == sample.Label ? $"{sample.Label}: {sample.Name}"
        : $"{sample.Label}, taken for {sample.Predicted}: {sample.Name}";
}

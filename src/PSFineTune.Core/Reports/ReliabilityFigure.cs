using PSFineTune.Metrics;

namespace PSFineTune.Reports;

/// <summary>Confidence against accuracy, bin by bin (Murphy and Winkler 1977), over how many samples each bin has.</summary>
sealed class ReliabilityFigure(IReadOnlyList<CalibrationBin> bins)
{
    const double Across = 420, High = 330, Left = 56, Right = 26, Top = 12, Side = 210, Low = 285, CountHigh = 42;

    readonly int _most = Math.Max(1, bins.Max(bin => bin.Count));

    public Html Draw() => Html.Of($"""
        <figure class="chart"><figcaption>Reliability<span class="legend"><span class="key"><span class="swatch sure" aria-hidden="true"></span>accuracy of a bin</span><span class="key"><span class="swatch gap" aria-hidden="true"></span>gap to its confidence</span></span></figcaption>
        <svg viewBox="0 0 {Across} {High}" role="img" aria-label="{Described()}">
        {Enumerable.Range(0, 6).Select(tick => tick / 5.0).Select(value => Html.Of($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Across - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/><text class=\"end\" x=\"{Left - 7}\" y=\"{Y(value) + 4:0.#}\">{value:0 %}</text><text class=\"middle\" x=\"{X(value):0.#}\" y=\"{Low + 20}\">{value:0 %}</text>"))}
        {bins.Where(bin => bin.Count > 0).Select(Bar)}
        <path class="ideal" d="M{X(0):0.#} {Y(0):0.#}L{X(1):0.#} {Y(1):0.#}"/>
        <path class="axis" d="M{Left} {Top}V{Top + Side}H{Across - Right}M{Left} {Low}H{Across - Right}"/>
        <text class="middle" x="{X(0.5):0.#}" y="{High - 6}">confidence; below, samples of each bin</text>
        </svg></figure>

        """);

    Html Bar(CalibrationBin bin)
    {
        var (x, width) = (X(bin.Low) + 1, Math.Max(1, X(bin.High) - X(bin.Low) - 2));
        var (upper, lower) = (Math.Max(bin.Accuracy, bin.Confidence), Math.Min(bin.Accuracy, bin.Confidence));
        return Html.Of($"""<g><title>{Said(bin)}</title><rect class="sure" x="{x:0.##}" y="{Y(bin.Accuracy):0.##}" width="{width:0.##}" height="{Y(0) - Y(bin.Accuracy):0.##}"/><rect class="gap" x="{x:0.##}" y="{Y(upper):0.##}" width="{width:0.##}" height="{Y(lower) - Y(upper):0.##}"/><rect class="count" x="{x:0.##}" y="{Low - CountHigh * bin.Count / _most:0.##}" width="{width:0.##}" height="{CountHigh * bin.Count / _most:0.##}"/></g>""");
    }

    string Described() => "Accuracy by confidence. " + string.Join(" ", bins.Where(bin => bin.Count > 0).Select(bin => Said(bin) + "."));

    static string Said(CalibrationBin bin) => $"{Figures.Share(bin.Low, 0)} to {Figures.Share(bin.High, 0)}: {Figures.Of(bin.Count, "sample")}, confidence {Figures.Share(bin.Confidence)}, accuracy {Figures.Share(bin.Accuracy)}";

    static double X(double share) => Left + share * (Across - Left - Right);

    static double Y(double share) => Top + (1 - share) * Side;
}

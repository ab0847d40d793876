using PSFineTune.Pictures;

namespace PSFineTune.Reports;

/// <summary>Lines over an axis as a drawing of the page; pointing at a place shows its numbers, and the table below all curves has them for those who do not see it.</summary>
sealed class LineFigure(CurvePanel panel)
{
    // Small, so that on a narrow screen, where it shrinks, the letters can be read.
    const double Across = 420, High = 210, Left = 56, Right = 12, Top = 12, Bottom = 30;

    public Html Draw() => Html.Of($"""
        <figure class="chart"><figcaption>{panel.Title}{Legend()}</figcaption>
        <svg viewBox="0 0 {Across} {High}" role="img" aria-label="{Described()}">
        {panel.ValueTicks(5).Select(value => Html.Of($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Across - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/><text class=\"end\" x=\"{Left - 7}\" y=\"{Y(value) + 4:0.#}\">{panel.Text(value)}</text>"))}
        {panel.RangeTicks(8).Select(place => Html.Of($"<text class=\"middle\" x=\"{X(place):0.#}\" y=\"{High - 10}\">{panel.Axis.Text(place)}</text>"))}
        <path class="axis" d="M{Left} {Top}V{High - Bottom}H{Across - Right}"/>
        {panel.Lines.Select(Line)}
        {panel.Places.Select(Numbers)}
        </svg></figure>

        """);

    Html Legend() => panel.Lines.Count < 2 ? Html.Empty
        : Html.Of($"<span class=\"legend\">{panel.Lines.Select(line => Html.Of($"<span class=\"key\"><svg viewBox=\"0 0 28 8\" aria-hidden=\"true\"><line class=\"line s{line.Color}{Dash(line)}\" x1=\"0\" x2=\"28\" y1=\"4\" y2=\"4\"/></svg>{line.Name}</span>"))}</span>");

    // A single point is no line.
    Html Line(CurveLine line) => line.Points is [var only]
        ? Html.Of($"<circle class=\"dot s{line.Color}\" r=\"4\" cx=\"{X(only.X):0.#}\" cy=\"{Y(only.Value):0.#}\"/>")
        : Html.Of($"<polyline class=\"line s{line.Color}{Dash(line)}\" points=\"{line.Points.Select(point => Html.Of($"{X(point.X):0.#},{Y(point.Value):0.#} "))}\"/>");

    Html Numbers(double place)
    {
        var gap = panel.Places.Count > 1 ? (X(panel.Places[^1]) - X(panel.Places[0])) / (panel.Places.Count - 1) : Across - Left - Right;
        var values = panel.Lines.SelectMany(line => line.Points.Where(point => point.X == place).Select(point => $"{line.Name} {panel.Text(point.Value)}"));
        return Html.Of($"""<rect class="at" x="{X(place) - gap / 2:0.##}" y="0" width="{gap:0.##}" height="{High - Bottom}"><title>{panel.Axis.Name} {panel.Axis.Text(place)}: {string.Join(", ", values)}</title></rect>""");
    }

    string Described() => $"{panel.Title} by {panel.Axis.Name}. " + string.Join(" ", panel.Lines.Select(line => $"{line.Name}: from {panel.Text(line.Points[0].Value)} to {panel.Text(line.Points[^1].Value)}, lowest {panel.Text(line.Points.Min(point => point.Value))}, highest {panel.Text(line.Points.Max(point => point.Value))}."));

    static string Dash(CurveLine line) => line.Dashed ? " dashed" : "";

    double X(double place) => Left + (place - panel.Range.Low) / (panel.Range.High - panel.Range.Low) * (Across - Left - Right);

    double Y(double value) => Top + (panel.Values.High - value) / (panel.Values.High - panel.Values.Low) * (High - Top - Bottom);
}

using System.Globalization;
using System.Net;
using System.Text;

namespace PSFineTune.Pictures;

/// <summary>Curves as one HTML file that needs nothing else, no script either: the drawing is in it, and pointing at a place of the axis, or going to it with the Tab key, shows its numbers.</summary>
sealed class CurvePage(IReadOnlyList<CurvePanel> panels, IReadOnlyList<string> runs, string heading)
{
    const double Across = 960, Height = 280, Left = 84, Right = 24, Top = 16, Bottom = 30;
    const double Letter = 7.6, Line = 18;

    readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        foreach (var panel in panels) Draw(panel);
        var title = WebUtility.HtmlEncode(runs.Count == 1 ? runs[0] : $"{runs.Count} runs");
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{{heading}}: {{title}}</title>
            <style>
            body { margin: 16px auto; padding: 0 16px; max-width: 1100px; background: #fff; color: #222; font: 15px system-ui, sans-serif }
            h2 { font-size: 16px; margin: 12px 0 0 }
            .key { display: inline-block; margin-right: 20px; white-space: nowrap }
            .key svg { width: 34px; height: 10px; margin-right: 6px }
            svg { width: 100%; display: block; font: 14px system-ui, sans-serif; fill: #444 }
            .key svg { display: inline-block }
            .grid { stroke: #ddd } .axis { stroke: #444 }
            polyline, .key line { fill: none; stroke-width: 2.2 }
            .numbers { visibility: hidden; pointer-events: none }
            .at { outline: none } .at:hover .numbers, .at:focus .numbers { visibility: visible }
            .numbers rect { fill: #fff; stroke: #888 } .numbers line { stroke: #888; stroke-dasharray: 3 3 }
            </style>
            </head>
            <body>
            <p>{{string.Concat(runs.Select((run, index) => runs.Count == 1 ? WebUtility.HtmlEncode(run) : Key(index, false, $"{index + 1} {run}")))}}</p>
            {{_text}}</body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    void Draw(CurvePanel panel)
    {
        _text.Append($"<h2>{panel.Title}</h2>\n<p>{Legend(panel)}</p>\n<svg viewBox=\"0 0 {Across} {Height}\" role=\"group\" aria-label=\"{panel.Title} by {panel.Axis.Name}\">\n");
        foreach (var value in panel.ValueTicks(6))
            Add($"""<line class="grid" x1="{Left}" x2="{Across - Right}" y1="{Y(panel, value):0.#}" y2="{Y(panel, value):0.#}"/><text text-anchor="end" x="{Left - 8}" y="{Y(panel, value) + 5:0.#}">{panel.Text(value)}</text>""");
        foreach (var place in panel.RangeTicks(13))
            Add($"""<text text-anchor="middle" x="{X(panel, place):0.#}" y="{Height - 8}">{panel.Axis.Text(place)}</text>""");
        Add($"""<path class="axis" fill="none" d="M{Left} {Top}V{Height - Bottom}H{Across - Right}"/><text x="16" y="{Height - 8}">{panel.Axis.Name}</text>""");
        foreach (var line in panel.Lines) Draw(panel, line);
        foreach (var mark in panel.Marks) Add($"""<line stroke="{CurveColors.Web(mark.Color)}" stroke-width="2" x1="{X(panel, mark.X):0.#}" x2="{X(panel, mark.X):0.#}" y1="{Top}" y2="{Height - Bottom}"/>""");
        var places = panel.Places;
        // Each place's part of the width, so that two are not under the pointer at once.
        var gap = places.Zip(places.Skip(1), (one, next) => next - one).DefaultIfEmpty(1).Min();
        foreach (var place in places) Numbers(panel, place, gap);
        _text.Append("</svg>\n");
    }

    void Draw(CurvePanel panel, CurveLine line)
    {
        var points = string.Join(' ', line.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(panel, point.X):0.#},{Y(panel, point.Value):0.#}")));
        Add($"""<polyline stroke="{CurveColors.Web(line.Color)}"{Dash(line.Dashed)} points="{points}"/>""");
        // A single point is no line.
        if (line.Points is [var only]) Add($"""<circle fill="{CurveColors.Web(line.Color)}" r="4" cx="{X(panel, only.X):0.#}" cy="{Y(panel, only.Value):0.#}"/>""");
    }

    void Numbers(CurvePanel panel, double place, double gap)
    {
        var values = panel.Lines.SelectMany(line => line.Points.Where(point => point.X == place).Select(point => (Line: line, point.Value))).ToList();
        var texts = values.Select(value => $"{value.Line.Name}: {panel.Text(value.Value)}").ToList();
        var name = $"{panel.Axis.Name} {panel.Axis.Text(place)}";
        var (x, width) = (X(panel, place), Math.Max(Math.Max(70, name.Length * Letter + 16), texts.Max(text => text.Length) * Letter + 16));
        var (half, box) = ((Across - Left - Right) / (panel.Range.High - panel.Range.Low) * gap / 2, x > Across / 2 ? x - width - 8 : x + 8);
        Add($"""<g class="at" tabindex="0" aria-label="{name}: {string.Join(", ", texts)}"><rect fill="#fff" fill-opacity="0" x="{x - half:0.##}" y="0" width="{2 * half:0.##}" height="{Height - Bottom}"/><g class="numbers"><line x1="{x:0.#}" x2="{x:0.#}" y1="{Top}" y2="{Height - Bottom}"/>""");
        foreach (var (line, value) in values) Add($"""<circle fill="{CurveColors.Web(line.Color)}" r="4.5" cx="{x:0.#}" cy="{Y(panel, value):0.#}"/>""");
        Add($"""<rect rx="4" x="{box:0.#}" y="{Top + 4}" width="{width:0.#}" height="{(texts.Count + 1) * Line + 10}"/><text font-weight="bold" x="{box + 8:0.#}" y="{Top + 4 + Line}">{name}</text>""");
        for (var i = 0; i < texts.Count; i++) Add($"""<text fill="{CurveColors.Web(values[i].Line.Color)}" x="{box + 8:0.#}" y="{Top + 4 + (i + 2) * Line}">{texts[i]}</text>""");
        _text.Append("</g></g>\n");
    }

    string Legend(CurvePanel panel) => LinesOf(panel) + string.Concat(panel.Marks.Select(mark => Key(mark.Color, false, mark.Name)));

    string LinesOf(CurvePanel panel) => runs.Count == 1
        ? panel.Lines.Count < 2 ? "" : string.Concat(panel.Lines.Select(line => Key(line.Color, line.Dashed, line.Name)))
        : panel.Lines.Any(line => line.Dashed) ? Key(6, true, "training") + Key(6, false, "validation") : "";

    static string Key(int color, bool dashed, string name) =>
        $"""<span class="key"><svg viewBox="0 0 34 10" aria-hidden="true"><line x1="0" x2="34" y1="5" y2="5" stroke="{CurveColors.Web(color)}"{Dash(dashed)}/></svg>{WebUtility.HtmlEncode(name)}</span>""";

    static string Dash(bool dashed) => dashed ? " stroke-dasharray=\"8 4\"" : "";

    static double X(CurvePanel panel, double place) => Left + (place - panel.Range.Low) / (panel.Range.High - panel.Range.Low) * (Across - Left - Right);

    static double Y(CurvePanel panel, double value) => Top + (panel.Values.High - value) / (panel.Values.High - panel.Values.Low) * (Height - Top - Bottom);

    void Add(FormattableString part) => _text.Append(FormattableString.Invariant(part)).Append('\n');
}

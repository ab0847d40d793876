using System.Text;

namespace PSFineTune.Pictures;

/// <summary>Curves in the Braille characters of a terminal, 2 x 4 dots each; a mark at the end of each line tells which it is, with and without colours.</summary>
/// <param name="panels">One below the other.</param>
/// <param name="runs">Their names, below all.</param>
/// <param name="columns">Characters a line has.</param>
/// <param name="colors">Whether lines are coloured.</param>
/// <param name="rows">Lines of a panel.</param>
sealed class CurveText(IReadOnlyList<CurvePanel> panels, IReadOnlyList<string> runs, int columns, bool colors, int rows = 10)
{
    const int NumberWidth = 9, MarkWidth = 4, LeastWidth = 10;
    const string Reset = "\u001b[0m";

    int Width => Math.Max(LeastWidth, columns - NumberWidth - 2 - MarkWidth - 2);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var panel in panels) Draw(text, panel);
        if (runs.Count == 1) text.Append(Fitted(runs[0])).Append('\n');
        else for (var run = 0; run < runs.Count; run++) text.Append(Inked(Fitted($"{run + 1} {runs[run]}"), run)).Append('\n');
        return text.ToString();
    }

    void Draw(StringBuilder text, CurvePanel panel)
    {
        var canvas = new DotCanvas(Width, rows);
        foreach (var mark in panel.Marks) Draw(canvas, panel, mark);
        foreach (var line in panel.Lines) Draw(canvas, panel, line);
        var numbers = panel.ValueTicks(Math.Max(2, rows / 3 + 1)).GroupBy(value => RowOf(panel, value)).ToDictionary(group => group.Key, group => panel.Text(group.First()));
        var marks = Marks(panel);
        text.Append(Heading(panel)).Append('\n');
        for (var row = 0; row < rows; row++)
        {
            var number = numbers.GetValueOrDefault(row, "");
            var line = $"{number.PadLeft(NumberWidth)} {(number.Length > 0 ? '┤' : '│')}{canvas.Row(row, colors ? CurveColors.Terminal : null)}";
            text.Append(marks[row] is { Length: > 0 } mark ? $"{line} {mark}" : line.TrimEnd(' ', DotCanvas.Empty)).Append('\n');
        }
        text.Append(new string(' ', NumberWidth + 1)).Append('└').Append('─', Width).Append('\n').Append(Places(panel)).Append('\n');
    }

    string Heading(CurvePanel panel)
    {
        var names = panel.Lines.Count > 1 && runs.Count == 1 ? panel.Lines.Select(line => Inked($"{line.Mark} {line.Name}", line.Color))
            : panel.Lines.Any(line => line.Dashed) ? ["t training", "v validation"] : (IEnumerable<string>)[];
        names = names.Concat(panel.Marks.Select(mark => Inked($"{mark.Mark} {mark.Name}", mark.Color)));
        return $"{panel.Title.PadLeft(NumberWidth)}  {string.Join("   ", names)}".TrimEnd();
    }

    void Draw(DotCanvas canvas, CurvePanel panel, CurveLine line)
    {
        var dots = line.Points.Select(point => (X: Place(panel.Range, point.X, 2 * Width), Y: 4 * rows - 1 - Place(panel.Values, point.Value, 4 * rows))).ToList();
        for (var i = 0; i < dots.Count; i++) canvas.Line(dots[Math.Max(0, i - 1)], dots[i], line.Color, line.Dashed ? 3 : 1);
    }

    void Draw(DotCanvas canvas, CurvePanel panel, CurveMark mark)
    {
        var x = Place(panel.Range, mark.X, 2 * Width);
        canvas.Line((x, 0), (x, 4 * rows - 1), mark.Color, every: 2);
    }

    // The mark of a line stands at the height of its last point, or beside that where another has its place.
    string[] Marks(CurvePanel panel)
    {
        var marks = new string[rows];
        Array.Fill(marks, "");
        var width = new int[rows];
        foreach (var line in panel.Lines.OrderByDescending(line => line.Points[^1].Value))
        {
            var row = RowOf(panel, line.Points[^1].Value);
            var free = Enumerable.Range(0, rows).OrderBy(other => Math.Abs(other - row)).FirstOrDefault(other => width[other] + line.Mark.Length <= MarkWidth, -1);
            if (free < 0) continue;
            width[free] += line.Mark.Length;
            marks[free] += Inked(line.Mark, line.Color);
        }
        return marks;
    }

    string Places(CurvePanel panel)
    {
        var line = new StringBuilder(panel.Axis.Name.PadLeft(NumberWidth).PadRight(NumberWidth + 2 + Width));
        foreach (var place in panel.RangeTicks(Math.Max(2, Width / 8)))
        {
            var number = panel.Axis.Text(place);
            var start = Math.Min(NumberWidth + 2 + Place(panel.Range, place, 2 * Width) / 2 - number.Length / 2, line.Length - number.Length);
            line.Remove(start, number.Length).Insert(start, number);
        }
        return line.ToString().TrimEnd();
    }

    int RowOf(CurvePanel panel, double value) => rows - 1 - Place(panel.Values, value, 4 * rows) / 4;

    static int Place((double Low, double High) range, double value, int count) => (int)Math.Clamp(Math.Round((value - range.Low) / (range.High - range.Low) * (count - 1)), 0, count - 1);

    string Fitted(string text) => TextFit.Line(text, part => part.Length, Math.Max(LeastWidth, columns - 1));

    string Inked(string text, int color) => colors ? CurveColors.Terminal(color) + text + Reset : text;
}

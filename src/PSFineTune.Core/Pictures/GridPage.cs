using System.Globalization;
using System.Net;
using System.Text;
using PSFineTune.Imaging;

namespace PSFineTune.Pictures;

/// <summary>
/// A grid as one HTML file that needs nothing else: the pictures are in it, each with its description for those who do not
/// see it. With more than one round a slider shows how the versions change from epoch to epoch.
/// </summary>
/// <param name="grid">Its layout.</param>
/// <param name="rounds">Positions of the slider; 1 for none.</param>
/// <param name="versions">Epochs that a round shows.</param>
sealed class GridPage(ImageGrid grid, int rounds, int versions)
{
    // Twice the cell, for screens of fine pixels and for readers who zoom in.
    const int Sharpness = 2;

    readonly StringBuilder _cells = new();

    public int Rounds => rounds;

    /// <summary>Starts a cell.</summary>
    public void Begin() => _cells.Append("<div>");

    /// <summary>Ends it.</summary>
    public void End() => _cells.Append("</div>\n");

    /// <summary>What the cell shows, in one round or where there is only one in all.</summary>
    /// <param name="round">From 0.</param>
    /// <param name="picture">Null leaves the cell empty.</param>
    /// <param name="caption">Shown above; null for none.</param>
    /// <param name="description">Read aloud in place of the picture.</param>
    /// <param name="right">Whether the model is right, which colours the caption; null for black.</param>
    public void Add(int round, Picture? picture, string? caption, string description, bool? right)
    {
        _cells.Append(round == 0 ? "<figure>" : "<figure hidden>");
        Title(caption, right);
        if (picture is not null)
        {
            var file = Convert.ToBase64String(GridRenderer.Thumbnail(picture, Math.Max(1, (int)(grid.Scale * ImageGrid.Dpi * Sharpness))));
            _cells.Append($"<img alt=\"{WebUtility.HtmlEncode(description)}\" src=\"data:image/jpeg;base64,{file}\">");
        }
        _cells.Append("</figure>");
    }

    /// <summary>The same of a text.</summary>
    /// <param name="text">Escaped, with its spans.</param>
    /// <param name="caption">As above.</param>
    /// <param name="right">As above.</param>
    public void Add(string text, string? caption, bool? right)
    {
        _cells.Append("<figure>");
        Title(caption, right);
        _cells.Append($"<p dir=\"auto\" tabindex=\"0\">{text}</p></figure>");
    }

    void Title(string? caption, bool? right)
    {
        if (caption is null) return;
        var kind = right switch { true => " class=\"right\"", false => " class=\"wrong\"", null => "" };
        _cells.Append($"<figcaption{kind} title=\"{WebUtility.HtmlEncode(caption)}\"{(VisualOrder.IsRightToLeft(caption) ? " dir=\"rtl\"" : "")}>{WebUtility.HtmlEncode(caption)}</figcaption>");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Image grid</title>
        <style>
        body { margin: 0; background: #fff; color: #000; font: 14px system-ui, sans-serif }
        form { position: sticky; top: 0; left: 0; box-sizing: border-box; width: 100vw; max-width: 100%; padding: 8px; display: flex; gap: 12px; align-items: center; background: #f4f4f4; z-index: 1 }
        input { flex: 1; max-width: 40em; min-height: 24px }
        main { display: grid; grid-template: repeat({{grid.Rows}}, {{grid.Scale}}in) / repeat({{grid.Columns}}, {{grid.Scale}}in); width: max-content }
        div { min-width: 0; min-height: 0 }
        figure { height: 100%; margin: 0; padding: 4px; box-sizing: border-box; display: flex; flex-direction: column; min-width: 0; min-height: 0 }
        figure[hidden] { display: none }
        figcaption { text-align: center; line-height: 1.25; max-height: 6.25em; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 5; white-space: pre-line; overflow-wrap: anywhere; flex: none }
        .right { color: #1a7f37 }
        .wrong { color: #c62828 }
        p { flex: 1; min-height: 0; margin: 4px 0 0; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5 }
        p span { border-radius: 3px; color: #000 }
        img { flex: 1; min-height: 0; width: 100%; object-fit: contain }
        </style>
        </head>
        <body>
        {{(rounds > 1 ? Slider : "")}}<main>
        {{_cells}}</main>
        </body>
        </html>

        """).ReplaceLineEndings("\n");

    // One slider for all cells; arrow keys move it, and #3 at the end of the address opens the page at the third position.
    string Slider => string.Create(CultureInfo.InvariantCulture, $$"""
        <form onsubmit="return false">
        <label for="epoch">Training epoch</label>
        <input id="epoch" type="range" min="1" max="{{rounds}}" value="1" step="1">
        <output for="epoch"></output>
        </form>
        <script>
        addEventListener('DOMContentLoaded', () => {
            const slider = document.getElementById('epoch'), said = document.querySelector('output'), versions = {{versions}};
            const show = () => {
                const last = slider.value * versions, first = last - versions + 1;
                said.value = (versions > 1 ? first + ' to ' + last : first) + ' of ' + slider.max * versions;
                slider.setAttribute('aria-valuetext', 'epoch ' + said.value);
                for (const cell of document.querySelectorAll('main > div')) {
                    const figures = cell.querySelectorAll('figure');
                    if (figures.length > 1) figures.forEach((figure, index) => figure.hidden = index !== slider.value - 1);
                }
            };
            const jump = () => { slider.value = parseInt(location.hash.slice(1)) || slider.value; show(); };
            slider.addEventListener('input', show);
            addEventListener('hashchange', jump);
            jump();
        });
        </script>

        """);
}

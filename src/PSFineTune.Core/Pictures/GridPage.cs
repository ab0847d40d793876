using System.Globalization;
using System.Net;
using System.Text;
using PSFineTune.Imaging;

namespace PSFineTune.Pictures;

/// <summary>A grid as one HTML file that needs nothing else: the pictures are in it, each with its description for those who do not see it.</summary>
sealed class GridPage(ImageGrid grid)
{
    // Twice the cell, for screens of fine pixels and for readers who zoom in.
    const int Sharpness = 2;

    readonly StringBuilder _cells = new();

    /// <param name="picture">Null leaves the cell empty.</param>
    /// <param name="title">Shown above; null for none.</param>
    /// <param name="description">Read aloud in place of the picture.</param>
    public void Add(Picture? picture, string? title, string description)
    {
        _cells.Append("<figure>");
        if (title is not null) _cells.Append($"<figcaption title=\"{WebUtility.HtmlEncode(title)}\">{WebUtility.HtmlEncode(title)}</figcaption>");
        if (picture is not null)
        {
            var file = Convert.ToBase64String(GridRenderer.Thumbnail(picture, Math.Max(1, (int)(grid.Scale * ImageGrid.Dpi * Sharpness))));
            _cells.Append($"<img alt=\"{WebUtility.HtmlEncode(description)}\" src=\"data:image/jpeg;base64,{file}\">");
        }
        _cells.Append("</figure>\n");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Image grid</title>
        <style>
        body { margin: 0; background: #fff; color: #000; font: 14px system-ui, sans-serif }
        main { display: grid; grid-template: repeat({{grid.Rows}}, {{grid.Scale}}in) / repeat({{grid.Columns}}, {{grid.Scale}}in); width: max-content }
        figure { margin: 0; padding: 4px; box-sizing: border-box; display: flex; flex-direction: column; min-width: 0; min-height: 0 }
        figcaption { text-align: center; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; flex: none }
        img { flex: 1; min-height: 0; width: 100%; object-fit: contain }
        </style>
        </head>
        <body>
        <main>
        {{_cells}}</main>
        </body>
        </html>

        """).ReplaceLineEndings("\n");
}

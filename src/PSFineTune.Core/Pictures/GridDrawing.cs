using PSFineTune.Imaging;

namespace PSFineTune.Pictures;

/// <summary>A grid to the bytes of a file; pictures are asked for one at a time, in order.</summary>
/// <param name="grid">Its layout.</param>
/// <param name="cells">At most as many as the grid has; fewer leave cells empty.</param>
/// <param name="open">The picture of a cell, which is disposed here; null leaves the cell empty.</param>
/// <param name="rounds">How many positions the slider of a page has; 1 for none.</param>
sealed class GridDrawing(ImageGrid grid, IReadOnlyList<GridCell> cells, Func<GridCell, GridPicture?> open, int rounds = 1)
{
    const int MostMeasured = 8;

    readonly Lettering _lettering = new FallbackLettering(SystemFonts.All);

    /// <summary>Characters of captions that no font of this machine has; they were drawn as boxes.</summary>
    public IReadOnlyCollection<string> Missing => _lettering.Missing;

    /// <summary>Refuses an ending that is no format, before any work is done.</summary>
    /// <exception cref="FineTuneException">UnknownPictureFormat.</exception>
    public static void CheckFormat(string path)
    {
        if (!IsPage(path) && ImageWriter.FormatOf(path) is null) throw Fault.UnknownPictureFormat(path);
    }

    public static bool IsPage(string path) => Path.GetExtension(path).ToLowerInvariant() is ".html" or ".htm";

    /// <summary>Writes beside, then renames.</summary>
    /// <exception cref="FineTuneException">UnknownPictureFormat, PictureNotDrawn, CannotWrite.</exception>
    public void Save(string path)
    {
        CheckFormat(path);
        var bytes = IsPage(path) ? System.Text.Encoding.UTF8.GetBytes(Page()) : Image(path);
        DurableFile.Write(path, stream => stream.Write(bytes));
    }

    /// <param name="path">Its ending says the format.</param>
    public byte[] Image(string path)
    {
        using var renderer = new GridRenderer(grid, Captions(), _lettering);
        for (var index = 0; index < cells.Count; index++)
        {
            var item = cells[index].Item;
            using var picture = item.IsText ? null : open(cells[index]);
            renderer.Draw(index, picture?.Picture, Caption(cells[index], picture), item.Right, item.IsText ? item.Attribution : null);
        }
        return renderer.Encode(path);
    }

    /// <summary>The grid in the blocks of a terminal.</summary>
    /// <param name="columns">Characters a line has.</param>
    public string Blocks(int columns)
    {
        var blocks = new HalfBlocks(grid.Columns, columns);
        foreach (var cell in cells)
        {
            using var picture = cell.Item.IsText ? null : open(cell);
            blocks.Add(picture?.Picture, Caption(cell, picture), cell.Item.Right, cell.Item.IsText ? cell.Item.Attribution : null);
        }
        return blocks.ToString();
    }

    string Page()
    {
        var versions = cells.Max(cell => cell.Version);
        var page = new GridPage(grid, versions == 0 ? 1 : rounds, versions);
        foreach (var cell in cells)
        {
            page.Begin();
            for (var round = 0; round < (cell.InRound(1, versions) == cell ? 1 : page.Rounds); round++)
            {
                var shown = cell.InRound(round, versions);
                using var picture = shown.Item.IsText ? null : open(shown);
                if (shown.Item.IsText) page.Add(AttributionText.Html(shown.Item.Attribution!), Caption(shown, null), shown.Item.Right);
                else page.Add(round, picture?.Picture, Caption(shown, picture), shown.Description(picture?.Drawn), shown.Item.Right);
            }
            page.End();
        }
        return page.ToString();
    }

    // How long draws are is only known once they are drawn; the first ones tell.
    GridCaptions Captions()
    {
        var drawn = cells.Where(cell => cell is { Version: > 0, Item.Captioned: true }).Take(MostMeasured).ToList();
        return drawn.Count > 0 ? GridCaptions.Draws(drawn.Select(Drawn).OfType<string>(), grid.Cell(0).Right, _lettering)
            : cells.Any(cell => cell.Item is { IsFinding: true, Captioned: true }) ? GridCaptions.Findings(cells.Select(cell => cell.Item.Title).OfType<string>(), grid.Cell(0).Right, _lettering)
            : cells.Select(cell => cell.Item.Title).OfType<string>().ToList() is { Count: > 0 } titles ? GridCaptions.Names(titles, grid.Cell(0).Right, _lettering) : GridCaptions.None;
    }

    string? Drawn(GridCell cell)
    {
        if (cell.Item.Draw is { } draw) return draw.Description;
        using var picture = open(cell);
        return picture?.Drawn;
    }

    static string? Caption(GridCell cell, GridPicture? picture) => cell.Version == 0 ? cell.Item.Title : cell.Item.Captioned ? picture?.Drawn : null;
}

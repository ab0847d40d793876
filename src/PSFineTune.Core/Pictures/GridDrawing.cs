using PSFineTune.Imaging;

namespace PSFineTune.Pictures;

/// <summary>A grid to the bytes of a file; pictures are asked for one at a time, in order.</summary>
/// <param name="grid">Its layout.</param>
/// <param name="cells">At most as many as the grid has; fewer leave cells empty.</param>
/// <param name="open">The picture of a cell, which is disposed here; null leaves the cell empty.</param>
sealed class GridDrawing(ImageGrid grid, IReadOnlyList<GridCell> cells, Func<GridCell, Picture?> open)
{
    /// <summary>Refuses an ending that is no format, before any work is done.</summary>
    /// <exception cref="FineTuneException">UnknownPictureFormat.</exception>
    public static void CheckFormat(string path)
    {
        if (!IsPage(path) && ImageWriter.FormatOf(path) is null) throw Fault.UnknownPictureFormat(path);
    }

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
        using var renderer = new GridRenderer(grid, cells.Any(cell => cell.Title is not null));
        for (var index = 0; index < cells.Count; index++)
        {
            using var picture = open(cells[index]);
            renderer.Draw(index, picture, cells[index].Title);
        }
        return renderer.Encode(path);
    }

    string Page()
    {
        var page = new GridPage(grid);
        foreach (var cell in cells)
        {
            using var picture = open(cell);
            page.Add(picture, cell.Title, cell.Description);
        }
        return page.ToString();
    }

    static bool IsPage(string path) => Path.GetExtension(path).ToLowerInvariant() is ".html" or ".htm";
}

namespace PSFineTune.Pictures;

/// <summary>One cell of a grid before it is drawn.</summary>
/// <param name="Item">What to show.</param>
/// <param name="Version">0 for the original, n for the picture as augmented in epoch n.</param>
sealed record GridCell(GridItem Item, int Version)
{
    const int TutorialCells = 8;

    /// <summary>
    /// What to show: without augmentation each item; with it each item and, beside it, its versions, of one item as many as
    /// there are cells. Drawn edits follow the original they were drawn for.
    /// </summary>
    /// <param name="items">In order.</param>
    /// <param name="augmented">Whether a pipeline was given.</param>
    /// <param name="versions">Of each item; null for one, or as many as fit.</param>
    /// <param name="cells">Of the grid where rows and columns are given, else null.</param>
    public static IReadOnlyList<GridCell> For(IReadOnlyList<GridItem> items, bool augmented, int? versions, int? cells)
    {
        if (!augmented && items.Any(item => item.Beside is not null)) return Paired(items);
        var count = !augmented ? 0 : versions ?? (items.Count > 1 ? 1 : Math.Max(2, cells ?? TutorialCells) - 1);
        return [.. items.SelectMany((item, index) => item.Draw is { } draw
            ? index > 0 && items[index - 1] is { Draw: not null } before && before.Path == item.Path ? (GridCell[])[new(item, draw.Epoch)] : [new(item with { Draw = null }, 0), new(item, draw.Epoch)]
            : Enumerable.Range(0, item.IsText ? 1 : count + 1).Select(version => new GridCell(item, version)))];
    }

    // Pairs begin in every other column; where single ones stand before them a cell stays empty.
    static List<GridCell> Paired(IReadOnlyList<GridItem> items)
    {
        var cells = new List<GridCell>();
        foreach (var item in items)
        {
            if (item.Beside is not null && cells.Count % 2 > 0) cells.Add(new(new("") { Captioned = false, IsFinding = true }, 0));
            cells.Add(new(item, 0));
            if (item.Beside is { } beside) cells.Add(new(beside with { Captioned = item.Captioned }, 0));
        }
        return cells;
    }

    /// <summary>Columns that give each image a row of its own: where versions were asked for, or where every image has as many drawn edits. Null for the usual shape.</summary>
    public static int? RowLength(IReadOnlyList<GridCell> cells, int? versions)
    {
        if (cells.Any(cell => cell.Item.Beside is not null)) return 2 * (int)Math.Ceiling(Math.Sqrt(cells.Count) / 2);
        if (versions is { } asked && cells.Any(cell => cell.Version > 0)) return asked + 1;
        var starts = Enumerable.Range(0, cells.Count).Where(index => cells[index].Version == 0).Append(cells.Count).ToArray();
        var lengths = starts.Zip(starts.Skip(1), (start, next) => next - start).Distinct().ToList();
        return cells.Any(cell => cell.Item.Draw is not null) && lengths is [var length] && starts.Length > 2 ? length : null;
    }

    /// <summary>The cell as a page's slider shows it: each round draws anew, in the epochs that follow those of the round before.</summary>
    /// <param name="round">From 0.</param>
    /// <param name="versions">How many epochs a round has.</param>
    public GridCell InRound(int round, int versions) => Version == 0 || Item.Draw is not null ? this : this with { Version = Version + round * versions };

    /// <summary>For those who do not see the picture: title or file name, and what was drawn.</summary>
    public string Description(string? drawn)
    {
        var name = Item.Title ?? System.IO.Path.GetFileName(Item.Path);
        return drawn is null ? name : $"{name}, augmented: {drawn}";
    }
}

using System.Management.Automation;
using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that gathers images from the pipeline and shows them as a grid.</summary>
public abstract class GridCmdlet : FineTuneCmdlet
{
    readonly List<GridItem> _items = [];

    /// <summary>Samples of a dataset, predictions, files, paths (wildcards allowed), or objects with a Path and a Label.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), AllowEmptyCollection]
    public object[] InputObject { get; set; } = [];

    /// <summary>Rows of the grid; found from the count where it is not given.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int? Rows { get; set; }

    /// <summary>Columns of the grid; found from the count where it is not given.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int? Columns { get; set; }

    /// <summary>Side of a cell in inches, 96 pixels each: the picture is Columns x Scale x 96 pixels wide.</summary>
    [Parameter, ValidateRange(0.1, 100.0)]
    public double Scale { get; set; } = 2;

    /// <summary>Shows beside each image how this pipeline varies it; of a single image as many variants as there are cells (8 where Rows and Columns are not given).</summary>
    [Parameter, ToAugmentPipeline]
    public AugmentPipeline? Augment { get; set; }

    /// <summary>Decides the variants: those of training with this seed, in its first epochs.</summary>
    [Parameter]
    public int Seed { get; set; } = 42;

    /// <summary>Side of the model's input in pixels, for ops that are given no size.</summary>
    [Parameter, ValidateRange(1, 10000)]
    public int InputSize { get; set; } = 224;

    protected override void Process()
    {
        foreach (var input in InputObject)
            if (GridInput.From(input) is not { } item) WriteFault(Fault.NotAPicture(input));
            else _items.AddRange(FilesOf(item.Path).Select(path => item with { Path = path }));
    }

    /// <summary>The grid of all that came in; a picture that cannot be read is an error of its own and leaves its cell empty.</summary>
    private protected GridDrawing Drawing(GridTitles titles)
    {
        if (_items.Count == 0) throw Fault.NoPictures();
        Augment?.Validate();
        var cells = GridCell.For([.. _items.Select(titles.Title)], Augment is not null, Rows * Columns);
        var grid = ImageGrid.For(cells.Count, Rows, Columns, Scale);
        if (cells.Count > grid.Cells) WriteWarning($"{cells.Count} pictures came in and {grid.Rows} x {grid.Columns} cells show {grid.Cells}; {cells.Count - grid.Cells} are left out.");
        return new(grid, [.. cells.Take(grid.Cells)], Opened);
    }

    Picture? Opened(GridCell cell)
    {
        Cancelled.ThrowIfCancellationRequested();
        try
        {
            return cell.Picture(Augment ?? new(), InputSize, Seed);
        }
        catch (FineTuneException fault)
        {
            // Said once, for the original; its variants stay empty with it.
            if (cell.Version == 0) WriteFault(fault);
            return null;
        }
    }
}

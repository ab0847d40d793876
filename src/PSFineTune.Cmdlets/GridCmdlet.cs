using System.Management.Automation;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Pictures;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that gathers images and texts from the pipeline and shows them as a grid.</summary>
public abstract class GridCmdlet : FineTuneCmdlet
{
    const int UsualRounds = 5;
    const string Images = "Images";
    const string Replayed = "Replay";

    readonly List<GridItem> _items = [];

    /// <summary>Samples of a dataset, predictions, attributions, findings of Test-FineTuneDataset, files, paths (wildcards allowed), draws of Invoke-AugmentPipeline, or objects with a Path or Text and a Label or a Predicted. Texts are shown as texts.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = Images), AllowEmptyCollection]
    public object[] InputObject { get; set; } = [];

    /// <summary>Draws of Invoke-AugmentPipeline, or their JSON as text or as a file: shown beside the images they were drawn for, pixel by pixel as they were.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Replayed)]
    public object[] Replay { get; set; } = [];

    /// <summary>Rows of the grid; found from the count where it is not given.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int? Rows { get; set; }

    /// <summary>Columns of the grid; found from the count where it is not given.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int? Columns { get; set; }

    /// <summary>Side of a cell in inches, 96 pixels each: the picture is Columns x Scale x 96 pixels wide.</summary>
    [Parameter, ValidateRange(0.1, 100.0)]
    public double Scale { get; set; } = 2;

    /// <summary>Shows beside each image how this pipeline varies it, under what was drawn: a pipeline, a file of Export-AugmentPipeline, a preset's name, or ops.</summary>
    [Parameter(ParameterSetName = Images), ToAugmentPipeline, ArgumentCompleter(typeof(PresetNames))]
    public AugmentPipeline? Augment { get; set; }

    /// <summary>Variants beside each image, one image a row. Without it one; of a single image as many as there are cells (8 with the image where Rows and Columns are not given).</summary>
    [Parameter(ParameterSetName = Images), ValidateRange(1, 999)]
    public int? Versions { get; set; }

    /// <summary>Positions of the slider of an .html page, which draws the variants anew in each; 5 where it is not given, 1 for none.</summary>
    [Parameter(ParameterSetName = Images), ValidateRange(1, 1000)]
    public int? Epochs { get; set; }

    /// <summary>Decides the variants: those of training with this seed, in its first epochs. 42, or the plan's, where it is not given.</summary>
    [Parameter(ParameterSetName = Images)]
    public int? Seed { get; set; }

    /// <summary>Side of the model's input in pixels, for ops that are given no size and for -AsTrained. 224, or the plan's, where it is not given.</summary>
    [Parameter, ValidateRange(1, 10000)]
    public int? InputSize { get; set; }

    /// <summary>Shows what the network gets: images in the input's size, made into the numbers of a batch, and those into pixels again.</summary>
    [Parameter]
    public SwitchParameter AsTrained { get; set; }

    /// <summary>The plan whose augmentation, seed and preprocessing are used where they are not given.</summary>
    [Parameter]
    public TrainingPlan? Plan { get; set; }

    /// <summary>How -AsTrained makes numbers of pixels, such as @{ InputSize = 96; Mean = .5, .5, .5; Std = .5, .5, .5 }; ImageNet's where neither it nor a plan is given.</summary>
    [Parameter, ToSettings<Preprocessing>]
    public Preprocessing? Preprocessing { get; set; }

    /// <summary>The dataset that knows what predicted images are: a caption is green where the model is right, red where it is wrong.</summary>
    [Parameter(ParameterSetName = Images)]
    public Dataset? Dataset { get; set; }

    /// <summary>How the terminal draws pictures; Auto finds it from the environment, where $env:PSFINETUNE_TERMINAL says it first.</summary>
    [Parameter]
    public TerminalKind Terminal { get; set; }

    protected override void Process()
    {
        if (ParameterSetName == Replayed) _items.AddRange(DrawInput.From(Replay, GetUnresolvedProviderPathFromPSPath).Select(draw => new GridItem(draw.Path) { Draw = draw }));
        else foreach (var input in InputObject)
            if (GridInput.From(input) is not { } item) WriteFault(Fault.NotAPicture(input));
            else if (item.IsText) _items.Add(item);
            else _items.AddRange(FilesOf(item.Path).Select(path => item with { Path = path }));
    }

    /// <summary>The grid of all that came in; a picture that cannot be read is an error of its own and leaves its cell empty.</summary>
    private protected GridDrawing Drawing(GridTitles titles)
    {
        if (_items.Count == 0) throw Fault.NoPictures();
        var pipeline = Augment ?? (Plan is { Augment.Ops.Count: > 0 } plan ? plan.Augment : null);
        pipeline?.Validate();
        var items = FindingTexts.Read(GridItem.Joined(_items, Labels()), Rows * Columns ?? int.MaxValue, Cancelled);
        var cells = GridCell.For([.. items.Select(titles.Title)], pipeline is not null, Versions, Rows * Columns);
        var grid = ImageGrid.For(cells.Count, Rows, Columns ?? GridCell.RowLength(cells, Versions), Scale);
        if (cells.Count > grid.Cells) WriteWarning($"{cells.Count} pictures came in and {grid.Rows} x {grid.Columns} cells show {grid.Cells}; {cells.Count - grid.Cells} are left out.");
        var source = Source(pipeline ?? new(), items);
        return new(grid, [.. cells.Take(grid.Cells)], cell => Opened(source, cell), Epochs ?? UsualRounds);
    }

    /// <summary>Says once which characters of the captions could not be drawn.</summary>
    private protected void WarnOfBoxes(GridDrawing drawing)
    {
        if (drawing.Missing is { Count: > 0 } missing) WriteWarning($"No font of this machine has {string.Join(' ', missing)}; captions show boxes in their place. An .html page uses the fonts of whoever reads it.");
    }

    GridSource Source(AugmentPipeline pipeline, IReadOnlyList<GridItem> items)
    {
        var preprocessing = Preprocessing ?? Plan?.Preprocessing ?? new();
        if (InputSize is { } side) preprocessing = preprocessing with { InputSize = side };
        return new(pipeline, preprocessing.InputSize, Seed ?? Plan?.Seed ?? 42, AsTrained ? new(new(_ => "", _ => null, 0), preprocessing, new()) : null,
            [.. items.Where(item => !item.IsText).DistinctBy(item => item.Path).Select(item => (item.Path, item.Label))]);
    }

    Dictionary<string, string> Labels() => Dataset is null ? [] : ((IEnumerable<Sample>)[.. Dataset.Train, .. Dataset.Validation, .. Dataset.Test])
        .DistinctBy(sample => sample.Item).ToDictionary(sample => sample.Item, sample => sample.Label);

    GridPicture? Opened(GridSource source, GridCell cell)
    {
        Cancelled.ThrowIfCancellationRequested();
        if (cell.Item.IsBlank) return null;
        try
        {
            return source.Open(cell);
        }
        catch (FineTuneException fault)
        {
            // Said once, for the original; its variants stay empty with it. Drawn edits may be at fault by themselves.
            if (!cell.Item.IsFinding && (cell.Version == 0 || cell.Item.Draw is not null)) WriteFault(fault);
            return null;
        }
    }
}

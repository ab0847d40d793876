using System.Management.Automation;
using PSFineTune.Data.Samples;

namespace PSFineTune.Cmdlets;

/// <summary>Draws a small labelled set of pictures to try the module on.</summary>
/// <remarks>HotDog has two classes that only the way their parts lie tells apart; Shapes has many, in any colour, for a source network to learn from. Every picture is decided by kind, seed and size: the same command draws the same pictures on one platform.</remarks>
/// <example>
/// <code>New-SampleDataset ./hotdog; $data = Import-ImageDataset ./hotdog</code>
/// A hundred pictures of each class, 64 pixels wide.
/// </example>
/// <example>
/// <code>New-SampleDataset ./shapes -Kind Shapes -Count 400 -Seed 7 -Size 32</code>
/// A source set of many classes.
/// </example>
/// <example>
/// <code>New-SampleDataset ./hotdog -Count 20 -Force -PassThru | Get-ChildItem</code>
/// Draws into a folder that is not empty, and lists its classes.
/// </example>
[Cmdlet(VerbsCommon.New, "SampleDataset", SupportsShouldProcess = true), OutputType(typeof(DirectoryInfo))]
public sealed class NewSampleDatasetCommand : FineTuneCmdlet
{
    /// <summary>The folder to write; one folder for each class is made in it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Path { get; set; } = null!;

    /// <summary>What is drawn: HotDog or Shapes.</summary>
    [Parameter, ToCatalogItem<SampleSet>, ArgumentCompleter(typeof(CatalogNames<SampleSet>))]
    public SampleSet Kind { get; set; } = new HotDog();

    /// <summary>Pictures of each class.</summary>
    [Parameter]
    public int Count { get; set; } = 100;

    /// <summary>Draws other pictures of the same kind.</summary>
    [Parameter]
    public int Seed { get; set; } = 42;

    /// <summary>Side of a picture in pixels, 16 to 1024.</summary>
    [Parameter]
    public int Size { get; set; } = 64;

    /// <summary>Write into a folder that is not empty; pictures of the same name are replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the folder as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        var folder = GetUnresolvedProviderPathFromPSPath(Path);
        var set = Kind with { Count = Count, Seed = Seed, Size = Size };
        SampleDrawing.Check(set, folder, Force);
        if (!ShouldProcess(folder, $"Draw {Count} pictures for each class of {set.GetType().Name}")) return;
        SampleDrawing.Write(set, folder, Cancelled, new ShownProgress(this));
        if (PassThru) WriteObject(new DirectoryInfo(folder));
    }
}

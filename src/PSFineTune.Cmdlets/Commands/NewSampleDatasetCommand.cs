using System.Management.Automation;
using PSFineTune.Data.Samples;

namespace PSFineTune.Cmdlets;

/// <summary>Makes up a small labelled set of pictures or texts to try the module on.</summary>
/// <remarks>HotDog has two classes that only the way their parts lie tells apart; Shapes has many, in any colour, for a source network to learn from; Tickets is a csv of short texts of a help desk in four queues. Everything is decided by kind, seed and size: the same command makes the same files on one platform.</remarks>
/// <example>
/// <code>New-SampleDataset ./hotdog; $data = Import-ImageDataset ./hotdog</code>
/// A hundred pictures of each class, 64 pixels wide.
/// </example>
/// <example>
/// <code>New-SampleDataset ./desk -Kind Tickets; $data = Import-TextDataset ./desk/tickets.csv</code>
/// A hundred tickets of each queue.
/// </example>
/// <example>
/// <code>New-SampleDataset ./hotdog -Count 20 -Force -PassThru | Get-ChildItem</code>
/// Draws into a folder that is not empty, and lists its classes.
/// </example>
[Cmdlet(VerbsCommon.New, "SampleDataset", SupportsShouldProcess = true), OutputType(typeof(DirectoryInfo))]
public sealed class NewSampleDatasetCommand : FineTuneCmdlet
{
    /// <summary>The folder to write; one folder for each class of pictures is made in it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Path { get; set; } = null!;

    /// <summary>What is made: HotDog, Shapes or Tickets.</summary>
    [Parameter, ToCatalogItem<SampleSet>, ArgumentCompleter(typeof(CatalogNames<SampleSet>))]
    public SampleSet Kind { get; set; } = new HotDog();

    /// <summary>Pictures or texts of each class.</summary>
    [Parameter]
    public int Count { get; set; } = 100;

    /// <summary>Makes others of the same kind.</summary>
    [Parameter]
    public int Seed { get; set; } = 42;

    /// <summary>Side of a picture in pixels, 16 to 1024; texts have none.</summary>
    [Parameter]
    public int Size { get; set; } = 64;

    /// <summary>Write into a folder that is not empty; files of the same name are replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the folder as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        var folder = GetUnresolvedProviderPathFromPSPath(Path);
        var set = (Kind with { Count = Count, Seed = Seed }).Sized(Size);
        set.Check(folder, Force);
        if (!ShouldProcess(folder, $"Make {Count} {set.Items} for each class of {set.GetType().Name}")) return;
        set.Write(folder, Cancelled, new ShownProgress(this));
        if (PassThru) WriteObject(new DirectoryInfo(folder));
    }
}

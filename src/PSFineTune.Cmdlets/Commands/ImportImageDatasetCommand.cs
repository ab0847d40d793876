using System.Management.Automation;
using PSFineTune.Data;

namespace PSFineTune.Cmdlets;

/// <summary>Finds labelled images in a folder and splits them for training, validation and test.</summary>
/// <remarks>The folder holds one folder for each class, or train with validation (val, valid, dev) and test beside it and the classes in those; with train and test alone, validation is taken from train by ValidationFraction. Folders below a class belong to it; hidden and system files are passed over. Every image is decoded once to be sure that it can be; what is known of it is kept in the workspace by path, size and time. No file is changed. A class that drew no validation image gives the one with the lowest hash, so in a tiny class a new file may move an old one; otherwise none does.</remarks>
/// <example>
/// <code>$data = Import-ImageDataset ./clothing; $data.ClassCounts</code>
/// The images of each class in each split.
/// </example>
/// <example>
/// <code>Import-ImageDataset ./scans -GroupPattern 'patient\d+' -ValidationFraction 0.15 -TestFraction 0.15</code>
/// All scans of a patient are in one split.
/// </example>
/// <example>
/// <code>(Import-ImageDataset ./photos -Manifest ./labels.csv -OnBadImage Skip).Skipped | Export-Csv skipped.csv</code>
/// Labels from a csv of path, label and perhaps split; a list of the images that cannot be decoded.
/// </example>
[Cmdlet(VerbsData.Import, "ImageDataset", DefaultParameterSetName = "Path"), OutputType(typeof(ImageDataset))]
public sealed class ImportImageDatasetCommand : SplitCmdlet
{
    /// <summary>The folder of images; wildcards give one dataset for each folder they match.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The folder of images, taken as it is written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>A csv with the columns path and label, and perhaps split (train, validation, test). Relative paths start at its folder.</summary>
    [Parameter]
    public string? Manifest { get; set; }

    /// <summary>What is done about images that cannot be decoded: Stop with an error, Skip and list them in Skipped, or Report each as an error too and go on.</summary>
    [Parameter]
    public BadSamplePolicy OnBadImage { get; set; }

    protected override void Process()
    {
        foreach (var folder in Path.SelectMany(FilesOf).Concat(LiteralPath.Select(GetUnresolvedProviderPathFromPSPath))) Import(folder);
    }

    void Import(string folder)
    {
        var manifest = FullPath(Manifest);
        var settings = WithSplit(new ImageDatasetReference { Root = folder, Manifest = manifest, OnBadImage = OnBadImage });
        var data = ImageDataset.Import(settings, WorkspacePath(Workspace), Cancelled, new ShownProgress(this));
        WarnOfUnmet(data);
        if (data.Ignored > 0) WriteVerbose($"{data.Ignored} files of '{folder}' are no images by their extension.");
        if (OnBadImage == BadSamplePolicy.Report)
            foreach (var image in data.Skipped.Where(image => image.Bad)) WriteFault(Fault.BadImage(image));
        WriteObject(data);
    }
}

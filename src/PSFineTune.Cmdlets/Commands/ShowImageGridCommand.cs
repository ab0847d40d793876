using System.Management.Automation;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>Shows images as a grid: samples, predictions, or what a pipeline makes of them.</summary>
/// <remarks>Each image is fitted into its cell, its shape kept. Too few images leave cells empty; too many are said. Without -Path a terminal that can draws the picture, else the viewer opens; without a desktop it is drawn in coloured blocks.</remarks>
/// <example>
/// <code>$data.Train | Select-Object -First 8 | Show-ImageGrid -Augment $augment -Rows 2 -Columns 8 -Scale 1.5 -Path grid.png</code>
/// Eight samples, each beside its augmented picture.
/// </example>
/// <example>
/// <code>$data.Train | Select-Object -First 4 | Show-ImageGrid -Augment Strong -Versions 5 -Path versions.png</code>
/// Four rows: a sample, and five variants of it under what was drawn.
/// </example>
/// <example>
/// <code>Show-ImageGrid ./cat.jpg -Augment $augment -Rows 2 -Columns 4 -Path variants.html</code>
/// One image and seven variants, as a page of its own.
/// </example>
/// <example>
/// <code>$data.Test.Path | Invoke-Prediction -Model ./clothing.psft | Show-ImageGrid -Dataset $data -Path predicted.webp -PassThru</code>
/// Photos under what the model says of them, green where it is right and red where it is wrong.
/// </example>
/// <example>
/// <code>$data.Train | Select-Object -First 2 | Show-ImageGrid -AsTrained -Plan $plan -Path seen.png</code>
/// What the network gets.
/// </example>
[Cmdlet(VerbsCommon.Show, "ImageGrid", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ShowImageGridCommand : GridCmdlet
{
    /// <summary>The file to write: .png, .jpg, .webp, or .html with the pictures in it.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Texts above the images in order; None for none, Label or Prediction for what the objects bring along, which is the default.</summary>
    [Parameter, ArgumentCompleter(typeof(GridTitleWords))]
    public string[]? Title { get; set; }

    /// <summary>Write the file as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Begin()
    {
        if (Path is null) Screen.Check(Host, Terminal);
        else GridDrawing.CheckFormat(Path);
        if (Epochs > 1 && (Path is null || !GridDrawing.IsPage(Path))) throw Fault.EpochsNeedPage(Path);
    }

    protected override void End()
    {
        var drawing = Drawing(new(Title));
        var path = FullPath(Path);
        if (path is not null && !ShouldProcess(path, "Write picture")) return;
        if (path is null) Screen.Show(drawing, Host, Terminal);
        else drawing.Save(path);
        WarnOfBoxes(drawing);
        if (PassThru && path is not null) WriteObject(new FileInfo(path));
    }
}

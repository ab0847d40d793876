using System.Management.Automation;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>Shows images as a grid: samples, predictions, or what a pipeline makes of them.</summary>
/// <remarks>Each image is fitted into its cell, its shape kept. Too few images leave cells empty; too many are said. Without -Path the picture is drawn in a terminal that can, or opened in the viewer.</remarks>
/// <example>
/// <code>$data.Train | Select-Object -First 8 | Show-ImageGrid -Augment $augment -Rows 2 -Columns 8 -Scale 1.5 -Path grid.png</code>
/// Eight samples, each beside its augmented picture.
/// </example>
/// <example>
/// <code>Show-ImageGrid ./cat.jpg -Augment $augment -Rows 2 -Columns 4 -Path variants.html</code>
/// One image and seven variants, as a page of its own.
/// </example>
/// <example>
/// <code>Get-ChildItem ./incoming -Filter *.jpg | Invoke-Prediction -Model ./clothing.psft | Show-ImageGrid -Path predicted.webp -PassThru</code>
/// Photos under what the model says of them.
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
        if (Path is null) Screen.Check(Host);
        else GridDrawing.CheckFormat(Path);
    }

    protected override void End()
    {
        var drawing = Drawing(new(Title));
        if (Path is null)
        {
            Screen.Show(drawing.Image(".png"), Host);
            return;
        }
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path, "Write picture")) return;
        drawing.Save(path);
        if (PassThru) WriteObject(new FileInfo(path));
    }
}

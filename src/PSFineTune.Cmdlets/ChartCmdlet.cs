using System.Management.Automation;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that draws lines: to a file, or where the person of this session sees them.</summary>
public abstract class ChartCmdlet : FineTuneCmdlet
{
    /// <summary>The file to write: .png, .jpg, .webp, or .html with the numbers in it.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Write the file as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>How the terminal draws; characters where it is not given.</summary>
    [Parameter]
    public TerminalKind Terminal { get; set; }

    protected override void Begin()
    {
        if (Path is not null) GridDrawing.CheckFormat(Path);
    }

    private protected void Draw(CurveDrawing curves)
    {
        var path = FullPath(Path);
        if (path is null) Screen.Show(curves, this, Terminal);
        else if (ShouldProcess(path, "Write curves")) curves.Save(path);
        else return;
        if (PassThru && path is not null) WriteObject(new FileInfo(path));
    }
}

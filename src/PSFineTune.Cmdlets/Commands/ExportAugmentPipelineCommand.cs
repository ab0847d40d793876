using System.Management.Automation;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>Writes a pipeline as a JSON file to read, keep and share.</summary>
/// <remarks>The file holds the version of its format, a hash of the ops, and every setting, defaults included, so that it means the same when defaults change. The same pipeline makes the same bytes.</remarks>
/// <example>
/// <code>$augment | Export-AugmentPipeline ./augment.json</code>
/// The pipeline as a file.
/// </example>
/// <example>
/// <code>$plan.Augment | Export-AugmentPipeline ./used.json -Force -PassThru | Get-Content</code>
/// What a plan trains with, over an older file, and shown.
/// </example>
[Cmdlet(VerbsData.Export, "AugmentPipeline", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportAugmentPipelineCommand : FineTuneCmdlet
{
    /// <summary>The pipeline, from New-AugmentPipeline.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true), ToAugmentPipeline]
    public AugmentPipeline InputObject { get; set; } = null!;

    /// <summary>The file to write, .json.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = null!;

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the file as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path, "Export pipeline")) return;
        if (!Force && File.Exists(path)) throw Fault.FileExists(path);
        PipelineFile.Write(InputObject, path);
        if (PassThru) WriteObject(new FileInfo(path));
    }
}

using System.Management.Automation;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>Reads a pipeline from a JSON file that Export-AugmentPipeline or a person wrote.</summary>
/// <remarks>An op, a setting or a value that does not exist is refused by its name, with the nearest one that does. A file edited by hand since it was exported is used as it is, with a warning: its hash no longer names what was tried before.</remarks>
/// <example>
/// <code>$augment = Import-AugmentPipeline ./augment.json</code>
/// The pipeline of a file.
/// </example>
/// <example>
/// <code>Show-ImageGrid ./cat.jpg -Augment ./augment.json -Path variants.html</code>
/// Parameters that take a pipeline take its file, too.
/// </example>
/// <example>
/// <code>Import-AugmentPipeline ./augment.json | New-AugmentPipeline GaussianBlur | Export-AugmentPipeline ./blurred.json</code>
/// A pipeline with one op more, as another file.
/// </example>
[Cmdlet(VerbsData.Import, "AugmentPipeline", DefaultParameterSetName = "Path"), OutputType(typeof(AugmentPipeline))]
public sealed class ImportAugmentPipelineCommand : ImportCmdlet
{
    private protected override object Read(string path)
    {
        var (pipeline, edited) = PipelineFile.Read(path);
        if (edited) WriteWarning($"'{path}' was edited after it was exported: its ops are used as they are, but its sha256 is that of others. Export-AugmentPipeline -Force writes it anew.");
        return pipeline;
    }
}

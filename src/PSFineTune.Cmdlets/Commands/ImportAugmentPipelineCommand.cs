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
[Cmdlet(VerbsData.Import, "AugmentPipeline", DefaultParameterSetName = "Path"), OutputType(typeof(AugmentPipeline))]
public sealed class ImportAugmentPipelineCommand : FineTuneCmdlet
{
    /// <summary>Pipeline files; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Pipeline files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    protected override void Process()
    {
        foreach (var path in ParameterSetName == "Path" ? Path.SelectMany(path => FilesOf(path)) : LiteralPath.Select(path => GetUnresolvedProviderPathFromPSPath(path))) Read(path);
    }

    // A file that is no pipeline is an error of its own; the others come out.
    void Read(string path)
    {
        try
        {
            var (pipeline, edited) = PipelineFile.Read(path);
            if (edited) WriteWarning($"'{path}' was edited after it was exported: its ops are used as they are, but its sha256 is that of others. Export-AugmentPipeline -Force writes it anew.");
            WriteObject(pipeline);
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
        }
    }
}

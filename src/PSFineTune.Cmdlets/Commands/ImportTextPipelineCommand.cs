using System.Management.Automation;
using PSFineTune.Text;

namespace PSFineTune.Cmdlets;

/// <summary>Reads a text pipeline from a JSON file that Export-TextPipeline or a person wrote.</summary>
/// <remarks>A setting or a value that does not exist is refused by its name. Parameters that take a text pipeline take its file, too.</remarks>
/// <example>
/// <code>$words = Import-TextPipeline ./words.json</code>
/// The pipeline of a file.
/// </example>
[Cmdlet(VerbsData.Import, "TextPipeline", DefaultParameterSetName = "Path"), OutputType(typeof(TextPipeline))]
public sealed class ImportTextPipelineCommand : FineTuneCmdlet
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
            WriteObject(TextPipelineFile.Read(path));
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
        }
    }
}

using System.Management.Automation;
using PSFineTune.Text;

namespace PSFineTune.Cmdlets;

/// <summary>Reads a text pipeline from a JSON file that Export-TextPipeline or a person wrote.</summary>
/// <remarks>A setting or a value that does not exist is refused by its name. Parameters that take a text pipeline take its file, too.</remarks>
/// <example>
/// <code>$words = Import-TextPipeline ./words.json</code>
/// The pipeline of a file.
/// </example>
/// <example>
/// <code>Import-TextPipeline ./words.json | New-TextPipeline -NGram 1, 3 | Export-TextPipeline ./longer.json -Force</code>
/// A pipeline with longer terms, as another file.
/// </example>
/// <example>
/// <code>$texts | Invoke-FineTune LinearSvm -TextPipeline ./words.json</code>
/// Parameters that take a pipeline take its file, too.
/// </example>
[Cmdlet(VerbsData.Import, "TextPipeline", DefaultParameterSetName = "Path"), OutputType(typeof(TextPipeline))]
public sealed class ImportTextPipelineCommand : ImportCmdlet
{
    private protected override object Read(string path) => TextPipelineFile.Read(path);
}

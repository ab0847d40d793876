using System.Management.Automation;
using PSFineTune.Text;

namespace PSFineTune.Cmdlets;

/// <summary>Writes a text pipeline as a JSON file to read, keep and share.</summary>
/// <remarks>The file holds the version of its format and every setting, defaults included, so that it means the same when defaults change. The same pipeline makes the same bytes.</remarks>
/// <example>
/// <code>New-TextPipeline -NGram 1, 2 | Export-TextPipeline ./words.json</code>
/// The pipeline as a file.
/// </example>
/// <example>
/// <code>(New-FineTunePlan LinearSvm -Dataset $texts).TextPipeline | Export-TextPipeline ./used.json -Force -PassThru | Get-Content</code>
/// What a model takes by itself, over an older file, and shown.
/// </example>
/// <example>
/// <code>New-TextPipeline -Language de -Selector ChiSquare -K 500 | Export-TextPipeline ./german.json -Force</code>
/// Words of one language, and the 500 terms that tell most.
/// </example>
[Cmdlet(VerbsData.Export, "TextPipeline", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportTextPipelineCommand : ExportCmdlet
{
    /// <summary>The pipeline, from New-TextPipeline.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true), ToTextPipeline]
    public TextPipeline InputObject { get; set; } = null!;

    private protected override string Action => "Export text pipeline";

    private protected override void Write(string path) => TextPipelineFile.Write(InputObject, path);
}

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
/// <example>
/// <code>New-AugmentPipeline -Preset Strong | Export-AugmentPipeline ./strong.json -WhatIf</code>
/// What would be written, and where.
/// </example>
[Cmdlet(VerbsData.Export, "AugmentPipeline", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportAugmentPipelineCommand : ExportCmdlet
{
    /// <summary>The pipeline, from New-AugmentPipeline.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true), ToAugmentPipeline]
    public AugmentPipeline InputObject { get; set; } = null!;

    private protected override string Action => "Export pipeline";

    private protected override void Write(string path) => PipelineFile.Write(InputObject, path);
}

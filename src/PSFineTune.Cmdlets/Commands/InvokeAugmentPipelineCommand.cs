using System.Management.Automation;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>Runs images through a pipeline, as training would, and says what was drawn for each.</summary>
/// <remarks>Version n of an image is what training with that seed sees in epoch n. What comes out can be given to -Replay, as it is or as JSON: the same edits make the same pixels, bit for bit. A file that cannot be read is one error; the others go on.</remarks>
/// <example>
/// <code>Get-ChildItem ./incoming | Invoke-AugmentPipeline -Pipeline $augment -Count 3 -Destination ./augmented</code>
/// Three versions of each photo as files, and what was drawn for them.
/// </example>
/// <example>
/// <code>$draws = Invoke-AugmentPipeline ./cat.jpg -Pipeline Strong -Count 20; $draws | Where-Object Description -Match hue</code>
/// Twenty draws without any file; those that turn the hue.
/// </example>
/// <example>
/// <code>Invoke-AugmentPipeline ./cat.jpg -Pipeline Strong | ConvertTo-Json -Depth 6 | Set-Content draws.json; Invoke-AugmentPipeline -Replay ./draws.json -Destination ./again -Force</code>
/// The same picture again, from the numbers alone.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "AugmentPipeline", DefaultParameterSetName = "Path", SupportsShouldProcess = true), OutputType(typeof(AugmentDraw))]
public sealed class InvokeAugmentPipelineCommand : AugmentingCmdlet
{
    /// <summary>Image files; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Image files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Draws of an earlier run, or their JSON as text or as a file: their edits are applied again and nothing is drawn.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Replay")]
    public object[] Replay { get; set; } = [];

    protected override void Process()
    {
        if (ParameterSetName == "Replay")
            foreach (var draw in DrawInput.From(Replay, GetUnresolvedProviderPathFromPSPath)) Run(draw.Path, _ => [draw]);
        else
            foreach (var path in ParameterSetName == "Path" ? Path.SelectMany(path => FilesOf(path)) : LiteralPath.Select(path => GetUnresolvedProviderPathFromPSPath(path))) Run(path, Drawn);
    }
}

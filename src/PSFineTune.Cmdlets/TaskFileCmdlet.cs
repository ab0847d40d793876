using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that takes the settings file of a task.</summary>
public abstract class TaskFileCmdlet : FineTuneCmdlet
{
    /// <summary>The settings file; task.schema.json of the module is its form.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), Alias("PSPath", "LiteralPath")]
    public string Path { get; set; } = null!;

    private protected string SettingsPath => GetUnresolvedProviderPathFromPSPath(Path);
}

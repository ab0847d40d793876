using System.Text.Json.Serialization;
using PSFineTune.Training;

namespace PSFineTune.Tasks;

/// <summary>A retraining as it is to happen every night, from the data to the published model: what the settings file says, paths made full.</summary>
public sealed record FineTuneTask
{
    /// <summary>The newest form of settings that this version reads.</summary>
    public const int NewestSchema = 1;

    public int SchemaVersion { get; init; } = NewestSchema;

    /// <summary>Where editors find the schema; not read.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Of the task: its lock, its folder in the workspace, and its model in the store are named so. Letters, digits, '.', '_' and '-'.</summary>
    public string Name { get; init; } = "";

    /// <summary>Folder of runs, checkpoints and caches; null for the user's.</summary>
    [SettingsPath]
    public string? Workspace { get; init; }

    /// <summary>Let the TorchScript program run that is the backbone of a TorchScriptBackbone: code with the rights of this account.</summary>
    public bool AllowCode { get; init; }

    public TaskLock Lock { get; init; } = new();

    public TaskData Data { get; init; } = new();

    public TaskAudit Audit { get; init; } = new();

    public TaskDrift Drift { get; init; } = new();

    public PlanSettings Plan { get; init; } = new();

    public TaskTraining Train { get; init; } = new();

    public TaskMeasure Measure { get; init; } = new();

    public TaskComparison Compare { get; init; } = new();

    public TaskPublish Publish { get; init; } = new();

    public TaskLedger Ledger { get; init; } = new();

    public TaskReport Report { get; init; } = new();

    public TaskNotify Notify { get; init; } = new();
}

using System.Diagnostics;
using PSFineTune.Audit;
using PSFineTune.Comparison;
using PSFineTune.Data;
using PSFineTune.Drift;
using PSFineTune.Ledger;
using PSFineTune.Locking;
using PSFineTune.Metrics;
using PSFineTune.Packaging;
using PSFineTune.Store;
using PSFineTune.Training;

namespace PSFineTune.Tasks;

/// <summary>What the stages of a task share.</summary>
/// <param name="task">The settings.</param>
/// <param name="surroundings">Who runs it, and when.</param>
sealed class TaskState(FineTuneTask task, TaskSurroundings surroundings) : IDisposable
{
    public FineTuneTask Task => task;

    public TaskSurroundings Surroundings => surroundings;

    /// <summary>What the task has taken so far, whatever the clock is set to meanwhile.</summary>
    public Stopwatch Watch { get; } = Stopwatch.StartNew();

    /// <summary>Folder of runs and caches, full path.</summary>
    public string Workspace { get; } = WorkspaceOf(task);

    /// <summary>Folder of what is the task's own.</summary>
    public string Folder => Path.Combine(Workspace, "tasks", task.Name);

    public FineTuneLock? Lock { get; set; }

    public Dataset? Data { get; set; }

    /// <summary>Those that count.</summary>
    public IReadOnlyList<AuditFinding> Findings { get; set; } = [];

    public int Excluded { get; set; }

    public DataDrift? Drift { get; set; }

    public TrainingPlan? Plan { get; set; }

    public RunRecord? Run { get; set; }

    /// <summary>The new model as a package, full path.</summary>
    public string? Candidate { get; set; }

    public TrainedModel? Challenger { get; set; }

    public PublishedModel? Champion { get; set; }

    /// <summary>Something was published when the task began.</summary>
    public bool HadChampion { get; set; }

    /// <summary>What judges: the hold-out and which of its samples.</summary>
    public JudgedData? Judged { get; set; }

    public Evaluation? Evaluation { get; set; }

    public ModelComparison? Comparison { get; set; }

    public string? Report { get; set; }

    /// <summary>The task is over but for its telling.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What came of the task so far.</summary>
    public TaskOutcome Outcome { get; set; } = new();

    /// <summary>Of published models.</summary>
    public ModelStore Store => new(task.Publish.Store ?? StoreReference.DefaultFolder(Workspace));

    /// <summary>Of the model in the store.</summary>
    public string ModelName => StoreName.Of(task.Publish.Name ?? task.Name);

    /// <summary>What is published now; null for nothing yet.</summary>
    /// <exception cref="FineTuneException">CannotRead, DamagedStore, NewerSchema; StoreGone where there was one when the task began.</exception>
    public PublishedModel? Published() => Store is var store && store.Names().Contains(ModelName, StringComparer.Ordinal) ? store.Current(ModelName) : HadChampion ? throw Fault.StoreGone(store.Folder, ModelName) : null;

    /// <summary>Remembers what is published as the task begins.</summary>
    public void SeeChampion()
    {
        if (Published() is not { } published) return;
        HadChampion = true;
        Outcome = Outcome with { Version = published.Version, Package = published.Path };
    }

    /// <summary>A published model at work.</summary>
    /// <exception cref="FineTuneException">Its package is gone or damaged.</exception>
    public TrainedModel Open(PublishedModel published)
    {
        try
        {
            return TrainedModel.From(published.Path, Workspace);
        }
        // Nobody uses it any more, and it is still what the new one has to be better than.
        catch (FineTuneException fault) when (fault.Id == "PackageExpired")
        {
            return TrainedModel.Of(PackageFile.Open(published.Path, clock: new ClockAt(published.Published)));
        }
    }

    /// <summary>The folder of runs and caches of a task.</summary>
    public static string WorkspaceOf(FineTuneTask task) => task.Workspace ?? PSFineTune.Workspace.Default;

    /// <summary>Ends the task; the first end counts.</summary>
    public void End(TaskResult result, string reason, string action = "", string? error = null)
    {
        if (IsOver) return;
        IsOver = true;
        Outcome = Outcome with { Result = result, Reason = reason, Action = action, ErrorId = error };
    }

    public void Dispose() => Lock?.Dispose();

    sealed class ClockAt(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}

/// <summary>Who runs a task.</summary>
/// <param name="Settings">The settings file, full path.</param>
/// <param name="Script">The script that called, full path; null for none.</param>
/// <param name="Clock">Of times that are written down.</param>
/// <param name="ForceReason">Why whatever is trained is promoted; null where the comparison decides.</param>
/// <param name="IfLocked">What to do where the task runs already; null for what the settings say.</param>
sealed record TaskSurroundings(string Settings, string? Script, TimeProvider Clock, string? ForceReason = null, LockPolicy? IfLocked = null)
{
    /// <summary>SHA-256 of the settings as they were when the task began; null where they cannot be read.</summary>
    public string? SettingsHash { get; } = Provenance.HashOf(Settings);

    /// <summary>As <see cref="SettingsHash"/>, of the script.</summary>
    public string? ScriptHash { get; } = Script is null ? null : Provenance.HashOf(Script);
}

using System.Globalization;
using PSFineTune.Ledger;
using PSFineTune.Training;

namespace PSFineTune.Tasks.Stages;

/// <summary>Writes down what the task has done, whatever that was.</summary>
sealed class LedgerStage : TaskStage
{
    /// <summary>What <see cref="LedgerEntry.Event"/> says of a task.</summary>
    public const string Event = "Task";

    public override bool Tells => true;

    public override bool IsSkipped(FineTuneTask task) => task.Ledger.Skip;

    public override string Explain(FineTuneTask task) => $"Adds an entry to {task.Ledger.Path ?? $"{LedgerFile.FileName} in the workspace"}{(task.Ledger.RequireWhole ? "; ends with 60, before anything else, where that is not whole" : "")}.";

    /// <summary>The ledger of a task.</summary>
    public static LedgerFile Of(TaskState state, Action<string> warn) => new(state.Task.Ledger.Path ?? Path.Combine(state.Workspace, LedgerFile.FileName), state.Surroundings.Clock, warn);

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        List<string> words = [];
        var entry = Of(state, words.Add).Append(Draft(state), cancel);
        foreach (var word in words) yield return new TaskWarned(word);
        yield return new StageSaid(string.Create(CultureInfo.InvariantCulture, $"entry {entry.Sequence}"));
    }

    static LedgerEntry Draft(TaskState state)
    {
        var outcome = state.Outcome;
        return Provenance.Of(state.Surroundings.Script) with
        {
            Event = Event, Task = outcome.Task, ScriptHash = state.Surroundings.ScriptHash, DataFingerprint = outcome.DataFingerprint, PlanHash = state.Plan is null ? null : PlanHash.Of(state.Plan), Seed = state.Plan?.Seed,
            Plan = state.Plan is null ? null : PlanJson.WriteLine(state.Plan), Metrics = Numbers(state), Verdict = state.Comparison?.Verdict.ToString(), Reason = outcome.Reason, ExitCode = outcome.ExitCode,
            RunId = outcome.RunId, WeightsHash = outcome.WeightsHash, PackageHash = outcome is { Result: TaskResult.Published, Package: { } package } ? Path.GetFileNameWithoutExtension(package) : null,
            Duration = Math.Round(state.Watch.Elapsed.TotalSeconds, 3), Details = Details(state),
        };
    }

    static Dictionary<string, string> Details(TaskState state)
    {
        var details = new Dictionary<string, string>
        {
            ["Result"] = state.Outcome.Result.ToString(), ["Settings"] = state.Surroundings.Settings, ["SettingsHash"] = state.Surroundings.SettingsHash ?? "",
        };
        void Add(string name, string? value)
        {
            if (value is { Length: > 0 }) details[name] = value;
        }

        Add("ErrorId", state.Outcome.ErrorId);
        Add("Drift", state.Outcome.DriftVerdict);
        Add("Champion", state.Champion?.Hash);
        Add("HoldOutHash", state.Comparison?.HoldOutHash);
        Add("ForceReason", state.Surroundings.ForceReason);
        Add("Version", state.Outcome.Version?.ToString(CultureInfo.InvariantCulture));
        return details;
    }

    static Dictionary<string, double> Numbers(TaskState state)
    {
        var numbers = new Dictionary<string, double>();
        void Add(string name, double? value)
        {
            if (value is { } number && double.IsFinite(number)) numbers[name] = number;
        }

        Add(nameof(TaskOutcome.Accuracy), state.Outcome.Accuracy);
        Add(nameof(TaskOutcome.MacroF1), state.Outcome.MacroF1);
        Add("Gain", state.Comparison?.Gain);
        Add("PValue", state.Comparison?.PValue);
        return numbers;
    }
}

using PSFineTune.Audit;
using PSFineTune.Store;

namespace PSFineTune.Tasks;

/// <summary>What must hold of a task's settings whatever lies on the disk.</summary>
static class TaskRules
{
    const string GoodName = "1 to 64 ASCII letters, digits, '.', '_' or '-', a letter or digit first, no point last, and no device of Windows such as nul";

    static readonly TimeSpan s_longest = TimeSpan.FromDays(36500);

    /// <summary>What does not.</summary>
    public static IEnumerable<TaskProblem> Of(FineTuneTask task) =>
    [
        .. Need(task.SchemaVersion >= 1, "schemaVersion", task.SchemaVersion, $"1 to {FineTuneTask.NewestSchema}"),
        .. Need(StoreName.IsOne(task.Name.ToLowerInvariant()), "name", task.Name.Length == 0 ? null : task.Name, GoodName),
        .. Need(task.Data.Path.Length > 0, "data.path", null, "a folder of images by class, or a file or folder of texts"),
        .. Need(task.Data.ValidationFraction is >= 0 and < 1, "data.validationFraction", task.Data.ValidationFraction, "0 to below 1"),
        .. Need(task.Data.TestFraction is >= 0 and < 1, "data.testFraction", task.Data.TestFraction, "0 to below 1"),
        .. Need(task.Lock.Wait > TimeSpan.Zero, "lock.wait", task.Lock.Wait, "above 0"),
        .. UnknownRules(task.Audit),
        .. Need(task.Audit.MaximumExcluded is >= 0 and <= 1, "audit.maximumExcluded", task.Audit.MaximumExcluded, "0 to 1"),
        .. Need(task.Drift.OnDrift != GateAction.Exclude, "drift.onDrift", task.Drift.OnDrift, "Stop or Warn"),
        .. Tried("drift", () => DriftOf(task.Drift).Validate()),
        .. Need(task.Plan.Model is not null, "plan.model", null, "an architecture, see Get-ModelArchitecture"),
        .. Tried("plan", () => task.Plan.Model?.Validate()),
        .. Need(task.Train.TimeBudget is null || task.Train.TimeBudget > TimeSpan.Zero, "train.timeBudget", task.Train.TimeBudget, "above 0"),
        .. Need(task.Train.CheckpointInterval > TimeSpan.Zero, "train.checkpointInterval", task.Train.CheckpointInterval, "above 0"),
        .. Share("measure.minimumAccuracy", task.Measure.MinimumAccuracy),
        .. Share("measure.minimumMacroF1", task.Measure.MinimumMacroF1),
        .. Share("measure.minimumRecall", task.Measure.MinimumRecall),
        .. Share("measure.maximumCalibrationError", task.Measure.MaximumCalibrationError),
        .. Need(task.Measure.MaximumLogLoss is null or > 0, "measure.maximumLogLoss", task.Measure.MaximumLogLoss, "above 0"),
        .. Tried("compare.settings", task.Compare.Settings.Validate),
        .. Need(task.Compare.Settings.ForceReason is null, "compare.settings.forceReason", task.Compare.Settings.ForceReason, "left out: a promotion is forced once, by Invoke-FineTuneTask -Force -Reason"),
        .. Need(task.Publish.Keep >= 2, "publish.keep", task.Publish.Keep, "2 or above: the published version and the one before"),
        .. Need(task.Publish.Name is null || StoreName.IsOne(task.Publish.Name.ToLowerInvariant()), "publish.name", task.Publish.Name, GoodName),
        .. Need(task.Publish.ProbeCount is >= 0 and <= 64, "publish.probeCount", task.Publish.ProbeCount, "0 to 64"),
        .. Need(task.Publish.ExpiresAfter is null || (task.Publish.ExpiresAfter > TimeSpan.Zero && task.Publish.ExpiresAfter <= s_longest), "publish.expiresAfter", task.Publish.ExpiresAfter, "above 0, 36500 days at most"),
        .. Tried("report.path", () => _ = task.Report.Path is { } page ? Reports.ReportFile.Named(page) : null),
        .. Need(task.Report.Keep >= 1, "report.keep", task.Report.Keep, "1 or above"),
        .. task.Notify.Webhook is { } hook ? Of(hook) : [],
    ];

    /// <summary>How the drift of a task is measured.</summary>
    public static Drift.DriftSettings DriftOf(TaskDrift drift) => new()
    {
        Level = drift.Level, MinimumEffect = drift.MinimumEffect, MinimumCount = drift.MinimumCount, MaximumCount = drift.MaximumCount,
    };

    static IEnumerable<TaskProblem> Of(TaskWebhook hook) =>
    [
        .. Need(Uri.TryCreate(hook.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https", "notify.webhook.url", hook.Url, "an address that begins with https:// or http://"),
        .. Need(hook.Timeout > TimeSpan.Zero && hook.Timeout <= TimeSpan.FromMinutes(5), "notify.webhook.timeout", hook.Timeout, "above 0, 5 minutes at most"),
        .. Need(hook.Retries is >= 0 and <= 10, "notify.webhook.retries", hook.Retries, "0 to 10"),
    ];

    static IEnumerable<TaskProblem> UnknownRules(TaskAudit audit) => audit.Rule
        .Where(pattern => !Catalog<AuditRule>.Names.Any(name => Wildcard.Matches(pattern, name)))
        .Select(pattern => TaskProblem.Of("audit.rule", Fault.Unknown("audit rule", pattern, Catalog<AuditRule>.Names)));

    static IEnumerable<TaskProblem> Share(string setting, double? value) => Need(value is null or (>= 0 and <= 1), setting, value, "0 to 1");

    static IEnumerable<TaskProblem> Need(bool holds, string setting, object? value, string allowed) => holds ? [] : [TaskProblem.Of(setting, Fault.BadPlanSetting(setting, value, allowed))];

    static IEnumerable<TaskProblem> Tried(string setting, Action check)
    {
        try
        {
            check();
            return [];
        }
        catch (FineTuneException fault)
        {
            return [TaskProblem.Of(setting, fault)];
        }
    }
}

using System.Globalization;
using PSFineTune.Training;

namespace PSFineTune.Ledger;

/// <summary>A run in the ledger of its workspace.</summary>
static class RunEntry
{
    /// <summary>What <see cref="LedgerEntry.Event"/> says of a run.</summary>
    public const string Event = "Run";

    const string Started = "Started", Model = "Model", Recipe = "Recipe";

    /// <summary>Adds a run that is over. A ledger that cannot be written is no reason to lose a run.</summary>
    /// <param name="run">With its end and exit code.</param>
    /// <param name="workspace">Where its ledger is.</param>
    /// <param name="script">The script that started it; null for none.</param>
    /// <param name="warn">Told what went wrong.</param>
    public static void Add(RunRecord run, string workspace, string? script, Action<string> warn) =>
        LedgerFile.In(workspace, warn).Note(Of(run, script), $"The run '{run.Id}'", warn);

    /// <summary>A run as a draft of an entry.</summary>
    public static LedgerEntry Of(RunRecord run, string? script) => Provenance.Of(script) with
    {
        Event = Event, RunId = run.Id, PlanHash = PlanHash.Of(run.Plan), Plan = PlanJson.WriteLine(run.Plan), Seed = run.Plan.Seed,
        DataFingerprint = run.Plan.Dataset?.Fingerprint is { Length: > 0 } data ? data : null,
        Metrics = Numbers(run), Reason = run.End?.ToString(), ExitCode = run.ExitCode,
        WeightsHash = run.WeightsHash.Length > 0 ? run.WeightsHash : null,
        Duration = run.Finished is { } finished && finished >= run.Started ? Math.Round((finished - run.Started).TotalSeconds, 3) : null,
        Details = new Dictionary<string, string>
        {
            [Started] = run.Started.ToString("O", CultureInfo.InvariantCulture), [Model] = run.Plan.Model?.Name ?? "", [Recipe] = run.Plan.Recipe,
            ["Environment"] = run.Environment, ["Threads"] = run.Threads.ToString(CultureInfo.InvariantCulture),
        },
    };

    /// <summary>What an entry still tells of a run whose folder is gone: no epochs, no classes, no folder; a plan of another version is left out.</summary>
    public static RunRecord RunOf(LedgerEntry entry) => new()
    {
        Id = entry.RunId ?? "", Plan = PlanOf(entry), WeightsHash = entry.WeightsHash ?? "", ExitCode = entry.ExitCode, Finished = entry.Time,
        Accuracy = entry.Metrics.TryGetValue(nameof(RunRecord.Accuracy), out var accuracy) ? accuracy : double.NaN,
        End = Enum.TryParse<RunEnd>(entry.Reason, out var end) ? end : null,
        Environment = entry.Details.GetValueOrDefault("Environment", ""),
        Threads = int.TryParse(entry.Details.GetValueOrDefault("Threads"), CultureInfo.InvariantCulture, out var threads) ? threads : 0,
        Started = DateTimeOffset.TryParse(entry.Details.GetValueOrDefault(Started), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var started) ? started : entry.Time,
        Notes = ["The run's folder is gone; this is what the ledger knows of it."],
    };

    static TrainingPlan PlanOf(LedgerEntry entry)
    {
        try
        {
            return entry.Plan is { } plan ? PlanJson.Read<TrainingPlan>(plan) : new();
        }
        catch (FineTuneException)
        {
            return new();
        }
    }

    // Not a number is no measurement.
    static Dictionary<string, double> Numbers(RunRecord run)
    {
        var numbers = new Dictionary<string, double> { ["Epochs"] = run.Epochs.Count };
        void Add(string name, double? value)
        {
            if (value is { } number && double.IsFinite(number)) numbers[name] = number;
        }

        Add(nameof(RunRecord.Accuracy), run.Accuracy);
        Add(nameof(EpochMetric.ValidationLoss), run.BestEpoch?.ValidationLoss);
        Add(nameof(EpochMetric.TrainLoss), run.BestEpoch?.TrainLoss);
        return numbers;
    }
}

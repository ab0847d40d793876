using System.Globalization;
using PSFineTune.Comparison;
using PSFineTune.Store;

namespace PSFineTune.Ledger;

/// <summary>What a person decided about a model, in the ledger of a workspace.</summary>
static class DecisionEntry
{
    /// <summary>Adds what is decided already.</summary>
    /// <param name="draft">What was decided.</param>
    /// <param name="workspace">Where its ledger is.</param>
    /// <param name="warn">Told what went wrong.</param>
    public static void Add(LedgerEntry draft, string workspace, Action<string> warn) => LedgerFile.In(workspace, warn).Note(draft, "This", warn);

    /// <summary>A publish or its undoing as a draft.</summary>
    /// <param name="published">What is current now.</param>
    /// <param name="script">The script that asked for it; null for none.</param>
    public static LedgerEntry Of(PublishedModel published, string? script) => Provenance.Of(script) with
    {
        Event = published.Action.ToString(), RunId = published.RunId.Length > 0 ? published.RunId : null, PackageHash = published.Hash,
        Reason = published.Reason, Verdict = published.Verdict.Length > 0 ? published.Verdict : null,
        Details = new Dictionary<string, string> { ["Store"] = published.Store, ["Name"] = published.Name, ["Version"] = published.Version.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>A comparison as a draft: Comparison, or Force where the verdict is not what was found.</summary>
    /// <param name="found">What was decided.</param>
    /// <param name="script">The script that asked for it; null for none.</param>
    public static LedgerEntry Of(ModelComparison found, string? script) => Provenance.Of(script) with
    {
        Event = found.Forced ? "Force" : "Comparison", RunId = found.Challenger.RunId.Length > 0 ? found.Challenger.RunId : null, WeightsHash = found.Challenger.WeightsHash,
        Verdict = found.Verdict.ToString(), Reason = found.ForceReason ?? found.Reason,
        Metrics = new[] { ("Gain", found.Gain), ("PValue", found.PValue), (found.Metric.ToString(), found.Challenger.Metric) }.Where(pair => double.IsFinite(pair.Item2)).ToDictionary(pair => pair.Item1, pair => pair.Item2),
        Details = new Dictionary<string, string> { ["Found"] = found.FoundVerdict.ToString(), ["Champion"] = found.Champion?.WeightsHash ?? "", ["HoldOutHash"] = found.HoldOutHash },
    };
}

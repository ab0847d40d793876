using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Packaging;

namespace PSFineTune.Comparison;

/// <summary>How far a comparison is; the last step has the result.</summary>
/// <param name="What">Is being done.</param>
/// <param name="Done">Of <paramref name="Count"/>.</param>
/// <param name="Count">In all.</param>
readonly record struct ComparisonStep(string What, int Done, int Count)
{
    public ModelComparison? Result { get; init; }
}

/// <summary>A champion and a challenger on the same hold-out. Pulled: it advances only as its steps are read.</summary>
static class ModelComparing
{
    /// <summary>Tests, where there are any, else validation samples.</summary>
    public static Split SplitOf(Dataset data) => data.Test.Count > 0 ? Split.Test : Split.Validation;

    /// <param name="champion">The model that is in use; null where there is none yet.</param>
    /// <param name="challenger">The model that is to take its place.</param>
    /// <param name="holdOut">Data that neither should have learned from; those that one has are left out.</param>
    /// <param name="split">Which samples of them.</param>
    /// <param name="settings">How, and what must be shown.</param>
    /// <param name="workspace">Of runs and caches, and where uses of hold-outs are counted.</param>
    /// <param name="cancel">Checked for every batch and every draw.</param>
    /// <exception cref="FineTuneException">BadPlanSetting, ForceWithoutReason, NoSamples, HoldOutChanged, UnknownClass, OtherKindOfData, HoldOutUsesBusy, CannotWrite, or weights or a sample that cannot be read.</exception>
    public static IEnumerable<ComparisonStep> Of(
        TrainedModel? champion, TrainedModel challenger, Dataset holdOut, Split split, ComparisonSettings settings, string workspace, CancellationToken cancel)
    {
        settings.Validate();
        var held = new HoldOut(holdOut, split);
        var hash = held.Hash();
        if (settings.HoldOutHash is { } pinned && !pinned.Trim().Equals(hash, StringComparison.OrdinalIgnoreCase)) throw Fault.HoldOutChanged(held.Name, pinned, hash);
        var classes = ComparedClasses.Of(champion?.Described.Classes, challenger.Described.Classes, held.Labels);

        yield return new("Looking for leaks", 0, 1);
        var (theirs, ours) = (champion?.WeightsHash() ?? "", challenger.WeightsHash());
        var own = champion is null ? default : HoldOut.LearnedBy(champion, "champion", workspace, cancel);
        var other = HoldOut.LearnedBy(challenger, "challenger", workspace, cancel);
        var (rows, leftOut) = held.Kept(own.Hashes, other.Hashes);

        var answers = new List<int>[] { [], [] };
        foreach (var (model, side) in new[] { (champion, 0), (challenger, 1) })
        {
            if (model is null) continue;
            foreach (var part in ModelAnswers.Of(model, holdOut, rows, cancel))
            {
                answers[side].AddRange(part.Select(classes.IndexOf));
                yield return new(side == 0 ? "Asking the champion" : "Asking the challenger", answers[side].Count, rows.Length);
            }
        }

        yield return new("Drawing samples again", 0, 1);
        int[] labels = [.. rows.Select(row => classes.IndexOf(holdOut.Classes[holdOut.LabelAt(row)]))];
        var found = champion is null ? First(classes, labels, answers[1], settings, cancel) : Both(champion, challenger, theirs == ours, classes, labels, answers, settings, cancel);
        found = found with
        {
            Champion = champion is null ? null : classes.Described(found.Champion!, champion, theirs, labels), Challenger = classes.Described(found.Challenger, challenger, ours, labels),
            HoldOut = held.Name, HoldOutHash = hash, LeftOut = leftOut,
        };
        if (settings.ForceReason is { } reason)
            found = found with { Verdict = PromotionVerdict.Promote, Forced = found.FoundVerdict != PromotionVerdict.Promote, ForceReason = reason.Trim() };
        found = found with { HoldOutUses = Counted(found, workspace, cancel) };
        yield return new("Comparing", 1, 1) { Result = found with { Warnings = [.. new[] { own.Warning, other.Warning }.OfType<string>(), .. ComparisonWarnings.Of(found, split)] } };
    }

    static ModelComparison First(ComparedClasses classes, int[] labels, List<int> answers, ComparisonSettings settings, CancellationToken cancel)
    {
        var tally = new ConfusionTally(classes.All.Count);
        for (var at = 0; at < labels.Length; at++) tally.Add(labels[at], answers[at]);
        return FirstComparison.Of(tally, classes.All, settings, cancel);
    }

    static ModelComparison Both(TrainedModel champion, TrainedModel challenger, bool sameWeights, ComparedClasses classes, int[] labels, List<int>[] answers, ComparisonSettings settings, CancellationToken cancel)
    {
        var outcomes = new PairedOutcomes(classes.All)
        {
            SameWeights = sameWeights && champion.Described.Classes.SequenceEqual(challenger.Described.Classes, StringComparer.Ordinal),
            Lost = [.. champion.Described.Classes.Except(challenger.Described.Classes, StringComparer.Ordinal)],
        };
        for (var at = 0; at < labels.Length; at++) outcomes.Add(labels[at], answers[0][at], answers[1][at]);
        return PairedComparison.Of(outcomes, settings, cancel);
    }

    // A look that decides nothing is not counted.
    static int Counted(ModelComparison found, string workspace, CancellationToken cancel)
    {
        var uses = new HoldOutUses(workspace);
        return !found.Settings.CountUse || found.Champion?.WeightsHash == found.Challenger.WeightsHash ? uses.Count(found.HoldOutHash, cancel)
            : uses.Add(new()
            {
                HoldOut = found.HoldOutHash, Champion = found.Champion?.WeightsHash ?? "", Challenger = found.Challenger.WeightsHash,
                Verdict = found.Verdict.ToString(), Time = DateTimeOffset.UtcNow,
            }, cancel);
    }
}

/// <summary>The classes of two models and of a hold-out, as one list.</summary>
sealed class ComparedClasses
{
    readonly Dictionary<string, int> _indexOf;

    ComparedClasses(IReadOnlyList<string> all) => (All, _indexOf) = (all, all.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal));

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> All { get; }

    public int IndexOf(string name) => _indexOf[name];

    /// <param name="champion">Null without one.</param>
    /// <param name="challenger">Of the challenger.</param>
    /// <param name="labels">Of samples: each of them a class that one of the models knows.</param>
    /// <exception cref="FineTuneException">UnknownClass.</exception>
    public static ComparedClasses Of(IReadOnlyList<string>? champion, IReadOnlyList<string> challenger, IReadOnlyList<string> labels)
    {
        string[] known = [.. challenger.Union(champion ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (labels.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown) throw Fault.HoldOutClassUnknown(unknown, known);
        return new(known);
    }

    /// <summary>What was measured, with whom it was measured of.</summary>
    /// <param name="measured">Of the samples.</param>
    /// <param name="model">That answered.</param>
    /// <param name="weights">Hash of its weights, as they are.</param>
    /// <param name="labels">Of the samples.</param>
    public ComparedModel Described(ComparedModel measured, TrainedModel model, string weights, int[] labels) => measured with
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(model.Described.Path)), Path = model.Described.Path, RunId = model.Described.RunId, WeightsHash = weights,
        UnknownClasses = [.. labels.Distinct().Order().Select(label => All[label]).Except(model.Described.Classes, StringComparer.Ordinal)],
    };
}

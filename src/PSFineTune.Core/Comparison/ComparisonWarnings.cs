using PSFineTune.Data;

namespace PSFineTune.Comparison;

/// <summary>What an operator should know besides the verdict.</summary>
static class ComparisonWarnings
{
    public static IEnumerable<string> Of(ModelComparison found, Split split)
    {
        if (split == Split.Validation) yield return "Validation samples chose the epochs that were kept, so that models look a little better on them than they are: compare on samples of their own, such as -Split Test.";
        if (split == Split.Train) yield return "The models are compared on samples to learn from: a model that has seen them looks better than it is.";
        if (found.LeftOut is { Count: > 0 } left) yield return Say($"{left.Count} of {left.Count + found.Count} hold-out samples do not count: {string.Join(", ", Reasons(left))}.");
        if (found.Champion is { UnknownClasses.Count: > 0 } champion) yield return Unknown(found, champion.UnknownClasses);
        if (found.Champion is null && found.Settings.MinimumMetric is null) yield return "There is no champion and no floor: the challenger is promoted whatever it is worth. Give -MinimumMetric.";
        if (found.Champion is not null && found.Classes.Where(one => one.Verdict == ClassVerdict.Inconclusive).ToList() is { Count: > 0 } open && found.Count > 0)
            yield return Say($"Of {open.Count} of {found.Classes.Count} classes it is not known whether recall fell by {found.Settings.Margin:0.000} or more: {string.Join(", ", open.Take(5).Select(one => $"'{one.Label}' ({one.Support})"))}{(open.Count > 5 ? ", …" : "")}.");
        if (found.HoldOutUses >= found.Settings.ManyUses) yield return Used(found);
        if (found.Forced) yield return Say($"The promotion is forced: what was found is {found.FoundVerdict}.");
    }

    static string Unknown(ModelComparison found, IReadOnlyList<string> unknown)
    {
        var others = found.Classes.Where(one => one.Support > 0 && !unknown.Contains(one.Label, StringComparer.Ordinal)).ToList();
        var (count, ours, theirs) = (others.Sum(one => one.Support), others.Sum(one => one.ChampionRecall * one.Support), others.Sum(one => one.ChallengerRecall * one.Support));
        return Say($"{found.Count - count} of {found.Count} samples are of classes that the champion does not know ({string.Join(", ", unknown.Take(5).Select(name => $"'{name}'"))}{(unknown.Count > 5 ? ", …" : "")}), and count as its mistakes")
            + (count == 0 ? "." : Say($"; of the others the champion names {ours / count:0.000} right, the challenger {theirs / count:0.000}."));
    }

    static string Used(ModelComparison found) =>
        Say($"This hold-out has decided on {found.HoldOutUses} pairs of models: that at least one promotion was chance has a probability of up to {1 - Math.Pow(1 - found.Settings.Level, found.HoldOutUses):0.00}. Take new samples, or spend the level over the uses: -Level {found.Settings.Level / found.HoldOutUses:0.####}.");

    static IEnumerable<string> Reasons(LeftOutSamples left)
    {
        if (left.ChampionTraining + left.ChampionTrainingText is var ours and > 0) yield return Say($"the champion has learned from {ours}");
        if (left.ChallengerTraining + left.ChallengerTrainingText is var theirs and > 0) yield return Say($"the challenger has learned from {theirs}");
        if (left.ChampionValidation > 0) yield return Say($"the champion's epochs were chosen by {left.ChampionValidation}");
        if (left.ChallengerValidation > 0) yield return Say($"the challenger's epochs were chosen by {left.ChallengerValidation}");
        if (left.Contradicting > 0) yield return Say($"{left.Contradicting} are copies of each other with different labels");
        if (left.Repeated > 0) yield return Say($"{left.Repeated} are copies of others");
    }

    static string Say(FormattableString text) => FormattableString.Invariant(text);
}

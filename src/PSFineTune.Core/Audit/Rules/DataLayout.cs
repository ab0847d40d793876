using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>Whatever else makes an import refuse the data: folders beside train that are no split, one class alone, no image at all.</summary>
public sealed record DataLayout : AuditRule
{
    // Rules of their own tell of these, class by class; of splits only where there are any, and texts that an import refuses have none.
    static readonly string[] s_others = ["ClassesDifferInCase", "EmptyClass"], s_ofSplits = ["ClassInOneSplit", "ClassTooSmall"];

    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> Check(Survey survey) =>
        survey.Refusal is { } refusal && !s_others.Contains(refusal.Id) && !(s_ofSplits.Contains(refusal.Id) && HasSplits(survey)) ? [Found(new(refusal.Target as string ?? ""), refusal.Message, refusal.RecommendedAction)] : [];

    static bool HasSplits(Survey survey) => Enumerable.Range(0, survey.Count).Any(row => survey.SplitAt(row) == Split.Train);
}

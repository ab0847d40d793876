using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>Whatever else makes an import refuse the data: folders beside train that are no split, one class alone, no image at all.</summary>
public sealed record DataLayout : AuditRule
{
    // Rules of their own tell of these, class by class.
    static readonly string[] s_others = ["ClassesDifferInCase", "EmptyClass", "ClassInOneSplit", "ClassTooSmall"];

    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> Check(Survey survey) =>
        survey.Refusal is { } refusal && !s_others.Contains(refusal.Id) ? [Found(new(refusal.Target as string ?? ""), refusal.Message, refusal.RecommendedAction)] : [];
}

using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A class without a usable sample.</summary>
public sealed record EmptyClass : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> Check(Survey survey)
    {
        var counts = survey.CountClasses();
        return from label in Enumerable.Range(0, survey.Classes.Count)
               where counts[label, 0] + counts[label, 1] + counts[label, 2] == 0
               select Found(survey.PlaceOf(label), $"Class '{survey.Classes[label]}' has no usable sample.", "Put some in, or remove the class.");
    }
}

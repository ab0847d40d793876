using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>One text under two labels.</summary>
public sealed record ConflictingTextLabel : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey) =>
        from row in Enumerable.Range(0, survey.Count)
        let first = survey.FirstOf(row)
        where survey.LabelAt(first) != survey.LabelAt(row)
        select Found(survey.PlaceAt(row), $"{survey.Quoted(row)} is labelled '{survey.Classes[survey.LabelAt(row)]}' here and '{survey.Classes[survey.LabelAt(first)]}' there.",
            "Find out which label is right and mend the other; where both are, the text alone does not tell, and both are better left out.", survey.PlaceAt(first));
}

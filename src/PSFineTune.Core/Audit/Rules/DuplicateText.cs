using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A text that another row of its class and split has, but for case, white space, punctuation and forms of characters.</summary>
public sealed record DuplicateText : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey) =>
        from row in Enumerable.Range(0, survey.Count)
        let first = survey.FirstOf(row)
        where first != row && survey.SplitAt(first) == survey.SplitAt(row) && survey.LabelAt(first) == survey.LabelAt(row)
        select Found(survey.PlaceAt(row), $"{survey.Quoted(row)} is there already.", "Leave it out: copies weigh more than other texts. Where the text just is that frequent, leave it in.", survey.PlaceAt(first));
}

using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>One picture under two labels.</summary>
public sealed record ConflictingImageLabel : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in Enumerable.Range(0, survey.Count)
        let rival = survey.Twins.RivalOf(row)
        where rival >= 0
        select Found(survey.PlaceAt(row), TwinText.Of(survey, row, rival, survey.Twins.RivalKindOf(row), shown => $"labelled '{survey.Classes[survey.LabelAt(shown)]}'") + ".",
            "Find out which label is right, and leave the other file out with -Exclude; where both are, leave out both.", survey.PlaceAt(rival));
}

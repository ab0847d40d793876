using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image that shows what another one of its class and split shows: resized, encoded again, mirrored, turned or cropped.</summary>
public sealed record NearDuplicateImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in Enumerable.Range(0, survey.Count)
        where TwinText.IsPlain(survey, row) && !TwinText.IsExact(survey.Twins.KindOf(row))
        let first = survey.Twins.FirstOf(row)
        select Found(survey.PlaceAt(row), TwinText.Of(survey, row, first, survey.Twins.KindOf(row)) + ".", "Look at both (Show-ImageGrid), and leave one out with -Exclude: copies weigh more than other images.", survey.PlaceAt(first));
}

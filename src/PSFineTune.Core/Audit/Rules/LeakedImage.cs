using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image for validation or test that a lower split has too, exactly or nearly: what is measured on it is too good.</summary>
public sealed record LeakedImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in Enumerable.Range(0, survey.Count)
        let first = survey.Twins.FirstOf(row)
        where first >= 0 && survey.SplitAt(first) != survey.SplitAt(row)
        select Found(survey.PlaceAt(row), TwinText.Of(survey, row, first, survey.Twins.KindOf(row), shown => $"which is for {Word(survey, shown)}") + ".",
            "Leave it out with -Exclude, or put both into one split: what is measured on it is too good.", survey.PlaceAt(first));

    static string Word(ImageSurvey survey, int row) => survey.SplitAt(row) switch { Split.Train => "training", Split.Validation => "validation", _ => "the test" };
}

using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image of one colour.</summary>
public sealed record BlankImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    // Levels; what noise of a camera or an encoder leaves of an even wall.
    const float Least = 1.5f;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Rows(image => Math.Max(image.Contrast, image.Tint) < Least)
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' is of one colour: nothing is to be seen in it.", "Leave it out with -Exclude.");
}

using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image whose EXIF orientation turns it; training and predictions turn it, other programs may not.</summary>
public sealed record ExifRotation : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Exceptions(image => image.Orientation > 1)
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' is stored turned (EXIF orientation {survey[row].Orientation}). It is read upright here; other programs may show it as it is stored.", "");
}

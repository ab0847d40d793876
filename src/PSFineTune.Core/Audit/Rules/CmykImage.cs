using PSFineTune.Imaging;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image stored in the four inks of a printer; it is converted without its colour profile.</summary>
public sealed record CmykImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Rows(image => image.Traits.HasFlag(ImageTraits.Cmyk))
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' is stored in CMYK; without its colour profile its colours come out as no camera takes them.", "Convert it to sRGB.");
}

using PSFineTune.Imaging;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image of more than one frame; the first is used.</summary>
public sealed record AnimatedImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Rows(image => image.Traits.HasFlag(ImageTraits.Animated))
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' has more than one frame; the first is used.", "Leave it out with -Exclude if the first does not show the class.");
}

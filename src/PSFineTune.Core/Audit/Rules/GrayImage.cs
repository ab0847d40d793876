using PSFineTune.Imaging;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image stored in shades of gray, where most are in colour.</summary>
public sealed record GrayImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Exceptions(image => image.Traits.HasFlag(ImageTraits.Gray))
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' is gray, and most images are in colour.", "If one class is gray more often than others, the model learns that.");
}

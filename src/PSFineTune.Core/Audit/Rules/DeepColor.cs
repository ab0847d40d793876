using PSFineTune.Imaging;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image of more than 8 bits a channel; training uses 8.</summary>
public sealed record DeepColor : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Exceptions(image => image.Traits.HasFlag(ImageTraits.Deep))
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' has 16 bits a channel; the upper 8 are used.", "If what matters lies in few levels, as in scans, stretch them before.");
}

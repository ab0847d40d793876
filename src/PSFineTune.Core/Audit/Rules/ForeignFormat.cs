using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A picture of a format that is not read, so that an import passes over it.</summary>
public sealed record ForeignFormat : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from path in survey.Listing.Foreign
        select Found(new(survey.Listing.FullPath(path)), $"'{path}' is of a format that is not read ({Path.GetExtension(path).ToLowerInvariant()}), and an import passes over it.", "Convert it to jpg or png.");
}

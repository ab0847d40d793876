using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image that lies in no class folder, so that an import passes over it.</summary>
public sealed record LooseImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from path in survey.Listing.Loose
        select Found(new(survey.Listing.FullPath(path)), $"'{path}' lies in no class folder, and an import passes over it.", "Move it into the folder of its class.");
}

using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A folder that this account may not list.</summary>
public sealed record UnreadableFolder : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from folder in survey.Listing.Closed
        select Found(new(survey.Listing.FullPath(folder)), $"The folder '{folder}' cannot be listed, so nothing is known of what is in it, and an import stops at it.", "Give this account the right to read it, or move it elsewhere.");
}

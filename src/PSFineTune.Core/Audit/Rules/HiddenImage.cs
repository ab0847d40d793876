using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A hidden image, or a hidden folder with images in it, so that an import passes over it.</summary>
public sealed record HiddenImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from entry in survey.Listing.Hidden
        select Found(new(survey.Listing.FullPath(entry.Path)),
            entry.IsFolder ? $"The folder '{entry.Path}' is hidden and holds images; an import passes over it." : $"'{entry.Path}' is hidden; an import passes over it.",
            "Show it if it belongs to the data; otherwise nothing is to be done.");
}

using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image file that cannot be read, or that does not decode to its end.</summary>
public sealed record UnreadableImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from bad in survey.Bad where bad.Bytes is not 0
        select Found(new(bad.Path), bad.Reason, "Replace it, or leave it out with -Exclude.");
}

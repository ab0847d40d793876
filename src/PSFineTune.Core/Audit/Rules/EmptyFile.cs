using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image file of no bytes.</summary>
public sealed record EmptyFile : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from bad in survey.Bad where bad.Bytes is 0
        select Found(new(bad.Path), "The file is empty, as a copy that was cut short leaves it.", "Copy it again, or leave it out with -Exclude.");
}

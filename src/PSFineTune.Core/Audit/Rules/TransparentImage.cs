using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image with clear pixels; what they hide is seen in training.</summary>
public sealed record TransparentImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Rows(image => image.IsTransparent)
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' has clear pixels; transparency is dropped, so the colour behind them, often black, is what the model sees.", "Save it on a background of one colour.");
}

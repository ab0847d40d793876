using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image of so many pixels that decoding it holds up training.</summary>
public sealed record HugeImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    const long Most = 40_000_000;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Exceptions(image => (long)image.Width * image.Height > Most)
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' has {survey[row].Width} x {survey[row].Height} pixels; decoding it takes as long as some {(long)survey[row].Width * survey[row].Height / 500_000} usual ones.", "Shrink it, or give -CacheSize.");
}

using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>An image of fewer pixels than show anything, in either direction.</summary>
public sealed record TinyImage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    const int Least = 16;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in survey.Exceptions(image => Math.Min(image.Width, image.Height) < Least)
        select Found(survey.PlaceAt(row), $"'{survey.NameAt(row)}' has {survey[row].Width} x {survey[row].Height} pixels, fewer than {Least} in one direction.", "Leave it out with -Exclude if it is a thumbnail or a counting pixel.");
}

using PSFineTune.Imaging;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A file whose name says another format than its content.</summary>
public sealed record WrongExtension : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in Enumerable.Range(0, survey.Count)
        let name = survey.NameAt(row)
        where FormatOf(name) is { } said && said != survey[row].Format
        select Found(survey.PlaceAt(row), $"'{name}' is a {survey[row].Format.ToString().ToLowerInvariant()} by its content. It is read as that; other programs may refuse it.", "Rename it.");

    static EncodedFormat? FormatOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => EncodedFormat.Jpeg,
        ".png" => EncodedFormat.Png,
        ".webp" => EncodedFormat.Webp,
        ".bmp" => EncodedFormat.Bmp,
        ".gif" => EncodedFormat.Gif,
        _ => null,
    };
}

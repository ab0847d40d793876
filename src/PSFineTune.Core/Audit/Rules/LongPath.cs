using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A path that is longer than many Windows programs can open.</summary>
public sealed record LongPath : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    // MAX_PATH, with the zero that ends it.
    const int Most = 259;

    internal override IEnumerable<AuditFinding> CheckImages(ImageSurvey survey) =>
        from row in Enumerable.Range(0, survey.Count)
        let path = survey.PlaceAt(row).Path
        where path.Length > Most
        select Found(new(path), $"'{Path.GetFileName(path)}' has a full path of {path.Length} characters; many Windows programs open {Most} at most.", "Give it or its folders shorter names if the data are to be used there.");
}

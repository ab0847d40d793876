using PSFineTune.Audit.Labels;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A label that models which learned from the other samples contradict with confidence; the surest first.</summary>
public sealed record LikelyLabelError : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    /// <summary>Features of every image are computed for it, and models fitted.</summary>
    public override bool OnRequest => true;

    internal override IEnumerable<AuditFinding> Check(Survey survey)
    {
        // What cannot be imported cannot be learned from.
        if (survey.Refusal is { } refusal)
        {
            yield return Found(new(survey.Root), $"Labels were not judged: {refusal.Message}", refusal.RecommendedAction) with { Severity = FindingSeverity.Information };
            yield break;
        }
        if (survey.Data is not { } data) yield break;
        foreach (var (done, count, result) in LabelErrors.Find(data, survey.Workspace, survey.Cancel))
        {
            survey.Progress?.Report(new() { Activity = "Judging labels", Done = done, Total = count });
            foreach (var doubt in result ?? [])
                yield return Found(
                    PlaceOf(data.SampleAt(doubt.Row)),
                    FormattableString.Invariant($"It is labelled '{data.Classes[data.LabelAt(doubt.Row)]}' and looks like '{data.Classes[doubt.Suggested]}': by the other samples {100 * doubt.Confidence:0} % against {100 * doubt.OwnConfidence:0} %."),
                    "Look at it, and correct the label where it is wrong; leave it where the sample is unusual but right.");
        }
    }

    static Place PlaceOf(Data.Sample sample) => sample switch
    {
        Data.ImageSample image => new(image.Path),
        Data.TextSample text => new(text.Path, text.Line > 0 ? text.Line : null),
        _ => new(sample.Item),
    };
}

using System.Globalization;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A text that is far longer than the others, as where a missing quote makes one row of many: a warning. That networks read but the beginning of some is told once.</summary>
public sealed record LongText : AuditRule
{
    // Beside the median, and letters below which no length is odd.
    const int Times = 30, Fewest = 2000;

    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey)
    {
        if (survey.Count == 0) yield break;
        int[] lengths = [.. Enumerable.Range(0, survey.Count).Select(row => survey.TraceAt(row).Length).Order()];
        var median = lengths[lengths.Length / 2];
        foreach (var row in Enumerable.Range(0, survey.Count))
            if (survey.TraceAt(row).Length is var length && length >= Fewest && length > Times * (long)median)
                yield return Found(survey.PlaceAt(row), string.Create(CultureInfo.InvariantCulture, $"{survey.Quoted(row)} has {length} characters; half of the texts have {median} or fewer."),
                    "Look whether it is one text: a quote that is not closed joins all rows up to the next one.") with { Severity = FindingSeverity.Warning };
        var most = new Text.TextPipeline().MaxLength;
        var cut = Enumerable.Range(0, survey.Count).Count(row => survey.TraceAt(row).Words > most);
        if (cut > 0)
            yield return Found(new(survey.Root), string.Create(CultureInfo.InvariantCulture, $"{cut} of {survey.Count} texts have more than {most} words, and networks of texts read the first {most} tokens."),
                "Nothing, where a text's beginning tells its class; otherwise raise MaxLength of the text pipeline, up to what the network takes. LinearSvm and Svm read all of it.");
    }
}

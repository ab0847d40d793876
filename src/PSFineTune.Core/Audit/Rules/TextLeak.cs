using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A text for validation or test that a lower split has too: what is measured on it is too good.</summary>
public sealed record TextLeak : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey) =>
        from row in Enumerable.Range(0, survey.Count)
        let first = survey.FirstOf(row)
        where survey.SplitAt(first) != survey.SplitAt(row)
        select Found(survey.PlaceAt(row), $"{survey.Quoted(row)} is for {Word(survey.SplitAt(row))}, and for {Word(survey.SplitAt(first))} as well.",
            "Leave one of them out, or put both into one split: what is measured on it is too good.", survey.PlaceAt(first));

    internal static string Word(Split split) => split switch { Split.Train => "training", Split.Validation => "validation", _ => "the test" };
}

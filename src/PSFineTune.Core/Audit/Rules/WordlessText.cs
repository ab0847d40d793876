using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A text without a word: digits, addresses and signs alone.</summary>
public sealed record WordlessText : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey) =>
        survey.Marked(TextMarks.Wordless).Select(row => Found(survey.PlaceAt(row), $"{survey.Quoted(row)} has no word.", "Leave it out, unless such texts are to be told by their digits or signs."));
}

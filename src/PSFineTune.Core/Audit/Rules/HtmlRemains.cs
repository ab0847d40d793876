using System.Globalization;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>Tags or entities of HTML in a text. Where one text in five has some, one finding tells of all.</summary>
public sealed record HtmlRemains : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey)
    {
        const string todo = "Take them out or decode them before importing, and in what is predicted too: they count as words.";
        int[] rows = [.. survey.Marked(TextMarks.Html)];
        return 5 * rows.Length >= survey.Count && rows.Length > 5
            ? [Found(new(survey.Root), string.Create(CultureInfo.InvariantCulture, $"{rows.Length} of {survey.Count} texts have tags or entities of HTML, such as {survey.Quoted(rows[0])}."), todo)]
            : rows.Select(row => Found(survey.PlaceAt(row), $"{survey.Quoted(row)} has tags or entities of HTML.", todo));
    }
}

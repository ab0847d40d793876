using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A text that has nearly all of its words in the order of another, such as one of the same form with another number: a warning where they are of two splits.</summary>
public sealed record NearDuplicateText : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey)
    {
        foreach (var row in Enumerable.Range(0, survey.Count))
        {
            if (survey.NearOf(row) is not (>= 0 and var near)) continue;
            var (split, other) = (survey.SplitAt(row), survey.SplitAt(near));
            var found = Found(survey.PlaceAt(row), $"{survey.Quoted(row)} is nearly the same as {survey.Quoted(near)}{Apart(split, other)}.",
                split == other ? "Nothing, where messages of one form are what the model will meet; otherwise keep one of them."
                    : "Name what they have in common, such as a thread or a sender, as the group when importing: then both are in one split.", survey.PlaceAt(near));
            yield return split == other ? found : found with { Severity = FindingSeverity.Warning };
        }
    }

    static string Apart(Split split, Split other) => split == other ? "" : $"; one is for {TextLeak.Word(split)}, the other for {TextLeak.Word(other)}";
}

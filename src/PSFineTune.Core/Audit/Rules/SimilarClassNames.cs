using System.Text;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>Class names that differ in upper and lower case, in spaces or in how accents are encoded alone.</summary>
public sealed record SimilarClassNames : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> Check(Survey survey) =>
        from same in Enumerable.Range(0, survey.Classes.Count).GroupBy(label => Plain(survey.Classes[label]))
        from label in same.Skip(1)
        select Found(survey.PlaceOf(label), $"Classes '{survey.Classes[same.First()]}' and '{survey.Classes[label]}' differ in {Difference(survey.Classes[same.First()], survey.Classes[label])} alone.",
            "Rename or merge them: no other file system or tool would tell them apart.", survey.PlaceOf(same.First()));

    // A name of half a character has no normal form.
    static string Normal(string name) => string.Concat(name.EnumerateRunes()).Normalize(NormalizationForm.FormKC);

    static string Plain(string name) => string.Join(' ', Normal(name).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static string Difference(string one, string other) =>
        one.Equals(other, StringComparison.OrdinalIgnoreCase) ? "upper and lower case"
        : Normal(one).Equals(Normal(other), StringComparison.OrdinalIgnoreCase) ? "how their letters are encoded" : "spaces";
}

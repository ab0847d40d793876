using System.Globalization;
using System.Text;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>Class names that differ in upper and lower case, in spaces or in how letters are encoded alone.</summary>
public sealed record SimilarClassNames : AuditRule
{
    const char Accent = '\u0301';

    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> Check(Survey survey) =>
        from same in Enumerable.Range(0, survey.Classes.Count).GroupBy(label => Key(survey.Classes[label]))
        let first = survey.Classes[same.First()]
        from label in same.Skip(1)
        where Difference(first, survey.Classes[label]) is not null
        select Found(survey.PlaceOf(label), $"Classes '{first}' and '{survey.Classes[label]}' differ in {Difference(first, survey.Classes[label])} alone.",
            "Rename or merge them: no other file system or tool would tell them apart.", survey.PlaceOf(same.First()));

    static string? Difference(string one, string other) =>
        one.Equals(other, StringComparison.OrdinalIgnoreCase) ? "upper and lower case"
        : Spaced(one).Equals(Spaced(other), StringComparison.OrdinalIgnoreCase) ? "spaces"
        // An accent is a part of its letter in one, as Windows and Linux write it, and follows it in the other, as a Macintosh does.
        : one.Length != other.Length ? "how their letters are encoded" : null;

    static string Spaced(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    // Small plain letters, an accent behind those that have any: the system's own normal forms may not be there to ask for.
    static string Key(string name)
    {
        var key = new StringBuilder();
        foreach (var rune in Spaced(name).ToLowerInvariant().EnumerateRunes())
        {
            Rune[] plain = IsMark(rune) ? [] : [.. PlainLetters.Of(rune)];
            foreach (var letter in plain) key.Append(letter.ToString());
            var isAccented = plain is not [var only] || only != rune;
            if (isAccented && plain.Length < 2 && (key.Length == 0 || key[^1] != Accent)) key.Append(Accent);
        }
        return key.ToString();
    }
}

using PSFineTune.Text.Languages;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>One of a few texts in another script or language than nearly all others. Languages are told by their stop words, and only in texts long enough.</summary>
public sealed record LanguageMix : AuditRule
{
    // Of the texts that tell; data with more of another language are meant to have it.
    const double Few = 0.05, Most = 0.8;

    // A name in another script makes no text of it: of the usual letters there are hardly any.
    const double Foreign = 0.1;

    const int FewestWords = 10;

    public override FindingSeverity Severity => FindingSeverity.Information;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey)
    {
        var scripts = Rare(survey, row => survey.TraceAt(row).Script is var script and not TextScript.None ? script.ToString() : null);
        var languages = Rare(survey, row => survey.TraceAt(row) is { Script: TextScript.Latin, Words: >= FewestWords } trace ? TextTracer.Languages[trace.Language] : null);
        foreach (var row in Enumerable.Range(0, survey.Count))
            if (scripts(row) is var (script, usual) && TextScripts.Share(survey.TextAt(row), Enum.Parse<TextScript>(usual)) < Foreign) yield return Told(survey, row, $"is in {script} script, and nearly all other texts in {usual}");
            else if (languages(row) is var (language, common) && IsSure(survey.TextAt(row), language, common)) yield return Told(survey, row, $"seems to be in another language ('{language}') than nearly all other texts ('{common}')");
    }

    // Slang and names look like any language: a fourth of the words have to be its most frequent ones, several of them, and few be the usual language's.
    static bool IsSure(string text, string language, string usual)
    {
        string[] words = [.. TextTracer.Words(TextTracer.Plain(text)).Where(word => word.Length > 1).Distinct()];
        var own = Count(words, language);
        return own >= 4 && 4 * own >= words.Length && own >= 2 * Count(words, usual);
    }

    static int Count(string[] words, string language) => WordLanguage.Find(language)?.StopWords is { } frequent ? words.Count(frequent.Contains) : 0;

    AuditFinding Told(TextSurvey survey, int row, string what) =>
        Found(survey.PlaceAt(row), $"{survey.Quoted(row)} {what}.", "Leave it out, or give the model more texts of its kind: from a few it learns that a language is a class.");

    // What a row is and what most are, where few are that; null otherwise.
    static Func<int, (string Kind, string Usual)?> Rare(TextSurvey survey, Func<int, string?> kindOf)
    {
        var counts = Enumerable.Range(0, survey.Count).Select(kindOf).OfType<string>().GroupBy(kind => kind).ToDictionary(same => same.Key, same => same.Count());
        var total = counts.Values.Sum();
        // Texts of numbers have no script, short ones no language.
        if (total == 0) return _ => null;
        var (usual, most) = counts.MaxBy(count => count.Value);
        if (most < Most * total) return _ => null;
        return row => kindOf(row) is { Length: > 0 } kind && kind != usual && counts[kind] < Few * total ? (kind, usual) : null;
    }
}

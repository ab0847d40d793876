using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A row or file of texts that an import cannot use, as without a text or a label: an error. A file that lies in no class folder, so that an import passes over it, is a warning.</summary>
public sealed record UnusableText : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey) =>
        from skipped in survey.Skipped
        let at = new Place(skipped.Path, skipped.Line)
        select skipped.Bad ? Found(at, skipped.Reason, "Correct it, or leave it out with -Exclude.")
            : Found(at, $"'{skipped.Path}' lies in no class folder, and an import passes over it.", "Move it into the folder of its class.") with { Severity = FindingSeverity.Warning };
}

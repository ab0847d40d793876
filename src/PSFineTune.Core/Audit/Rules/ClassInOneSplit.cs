using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A class that training, validation or the test has no sample of.</summary>
public sealed record ClassInOneSplit : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Error;

    internal override IEnumerable<AuditFinding> Check(Survey survey)
    {
        var counts = survey.CountClasses();
        // Hold-out data train nothing, and what has no test at all is measured elsewhere.
        var splits = Enum.GetValues<Split>().Where(split => Enumerable.Range(0, survey.Classes.Count).Any(label => counts[label, (int)split] > 0)).ToList();
        if (!splits.Contains(Split.Train)) yield break;
        for (var label = 0; label < survey.Classes.Count; label++)
        {
            var absent = splits.Union([Split.Validation]).Where(split => counts[label, (int)split] == 0).ToList();
            if (absent.Count == 0 || counts[label, 0] + counts[label, 1] + counts[label, 2] == 0) continue;
            yield return Found(survey.PlaceOf(label), $"Class '{survey.Classes[label]}' has no sample for {string.Join(" and ", absent.Select(split => split.ToString().ToLowerInvariant()))}.",
                absent is [Split.Test] ? "Put samples of it into the test: nothing is measured of it there." : "Put samples of it into training and validation, or remove the class: an import refuses it.")
                with { Severity = absent is [Split.Test] ? FindingSeverity.Warning : Severity };
        }
    }
}

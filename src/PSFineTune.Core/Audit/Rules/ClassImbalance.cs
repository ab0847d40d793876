using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A class with less than a tenth of the samples of the largest.</summary>
public sealed record ClassImbalance : AuditRule
{
    const int Most = 10;

    public override FindingSeverity Severity => FindingSeverity.Warning;

    internal override IEnumerable<AuditFinding> Check(Survey survey)
    {
        var counts = survey.CountClasses();
        var totals = Enumerable.Range(0, survey.Classes.Count).Select(label => counts[label, 0] + counts[label, 1] + counts[label, 2]).ToArray();
        if (totals.Length == 0) yield break;
        var largest = Array.IndexOf(totals, totals.Max());
        for (var label = 0; label < totals.Length; label++)
            if (totals[label] > 0 && totals[largest] > Most * totals[label])
                yield return Found(survey.PlaceOf(label), $"Class '{survey.Classes[label]}' has {totals[label]} samples and '{survey.Classes[largest]}' {totals[largest]}: 1 to {totals[largest] / totals[label]}.",
                    "Add samples of it, or train with -ClassWeight Balanced or -Sampler Balanced.", survey.PlaceOf(largest));
    }
}

using PSFineTune.Comparison;
using PSFineTune.Packaging;

namespace PSFineTune.Store;

/// <summary>What a comparison says of a publish.</summary>
static class PublishGate
{
    /// <summary>How it is published, with verdict and reason of the comparison where the user gave none.</summary>
    /// <param name="found">Of the model as a challenger; null for a publish that nothing was compared for.</param>
    /// <param name="model">What is to be published.</param>
    /// <param name="why">As the user gave it.</param>
    /// <exception cref="FineTuneException">NotPromoted, ComparisonOfAnother; the weights cannot be read.</exception>
    public static Publication Passed(ModelComparison? found, TrainedModel model, Publication why)
    {
        if (found is null) return why;
        // By the weights themselves, as they were compared: what a package says of them anybody may write.
        if (found.Challenger.WeightsHash != model.WeightsHash()) throw Fault.ComparisonOfAnother(model.Described.Path, found.Challenger.Name);
        if (found.Verdict != PromotionVerdict.Promote) throw Fault.NotPromoted(model.Described.Path, found.Verdict, found.Reason);
        return why with { Verdict = found.Verdict.ToString(), Reason = why.Reason.Length > 0 ? why.Reason : found.ForceReason ?? found.Reason };
    }
}

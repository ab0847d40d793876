namespace PSFineTune.Packaging.Probes;

/// <summary>Whether a model predicts here what it predicted where it was exported.</summary>
static class ProbeCheck
{
    /// <summary>What two machines may differ by in a probability: sums of floats in another order, and six decimals of the probes.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>How many probes there are and the largest difference of a probability; infinite where one is no number. Null where there are none.</summary>
    /// <exception cref="FineTuneException">BadProbes, DamagedPackage, or the model cannot be used here.</exception>
    public static (int Count, double Largest)? Of(TrainedModel model, CancellationToken cancel)
    {
        try
        {
            return Compared(model, cancel);
        }
        // Whatever a model is made to fall over, it is the package's fault: a pattern that takes minutes, sizes that no memory holds.
        catch (Exception wrong) when (wrong is not (FineTuneException or OperationCanceledException) && !cancel.IsCancellationRequested)
        {
            // What threads throw comes wrapped.
            var first = wrong is AggregateException { InnerException: { } inner } ? inner : wrong;
            throw first as FineTuneException ?? Fault.DamagedPackage(model.Described.Path, $"its probes cannot be predicted ({first.Message.TrimEnd('.')})", wrong);
        }
    }

    static (int Count, double Largest)? Compared(TrainedModel model, CancellationToken cancel)
    {
        if (model.Probes is not { } probes) return null;
        var largest = probes.Probes.Zip(Scores(model, probes, cancel), (probe, scores) => probe.Scores.Zip(scores, (then, now) => float.IsFinite(now) ? Math.Abs(then - now) : double.PositiveInfinity).Max()).Max();
        return (probes.Probes.Count, largest);
    }

    /// <exception cref="FineTuneException">ServingParity, BadProbes, DamagedPackage, or the model cannot be used here.</exception>
    public static void Require(TrainedModel model, CancellationToken cancel)
    {
        if (Of(model, cancel) is (var count, > Tolerance and var largest)) throw Fault.ServingParity(model.Described.Path, count, largest, Tolerance);
    }

    /// <summary>Probabilities of each probe at temperature 1, on the plain view.</summary>
    /// <exception cref="FineTuneException">A probe cannot be read, or the model not be used.</exception>
    public static IReadOnlyList<float[]> Scores(TrainedModel model, ProbeSet probes, CancellationToken cancel)
    {
        using var predictor = model.Seeing(null).At(1).NewPredictor();
        predictor.Held = name => probes.Images.GetValueOrDefault(name)?.Bytes();
        return [.. probes.Probes.Select(probe => probe.Text ?? probe.Image!).Chunk(predictor.BatchSize).SelectMany(some => predictor.Score(some, cancel))
            .Select(scored => scored.Scores ?? throw Fault.BadProbes(model.Described.Path, scored.Fault!.Message.TrimEnd('.')))];
    }
}

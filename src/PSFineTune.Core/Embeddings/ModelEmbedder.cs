using PSFineTune.Models;
using PSFineTune.Packaging;

namespace PSFineTune.Embeddings;

/// <summary>What a trained model makes of samples before its output layer, and the class probabilities, by the plain view of each.</summary>
sealed class ModelEmbedder(TrainedModel model) : Embedder
{
    readonly Predictor _predictor = model.NewPredictor();

    public override string Name => $"what {model.Described.Model} makes of a sample before its output layer";

    public override string? Key => _predictor.FeaturesPay ? model.Key : null;

    public override double LeastEffect => model.Described.Plan.Model is TermModelSpec ? TextEmbedder.TermsLeastEffect : UsualLeastEffect;

    public override int BatchSize => _predictor.BatchSize;

    public override IReadOnlyList<Featured> Of(IReadOnlyList<string> items, CancellationToken cancel) => _predictor.Features(items, cancel);

    /// <summary>Each number by its mean and deviation over all, or a few loud ones would drown the others.</summary>
    public override IReadOnlyList<float[]> Scaled(IReadOnlyList<float[]> all) => Standard.Of(all);

    public override void Dispose() => _predictor.Dispose();
}

using PSFineTune.Packaging;

namespace PSFineTune.Embeddings;

/// <summary>What a trained model makes of samples before its output layer, and the class probabilities, by the plain view of each.</summary>
sealed class ModelEmbedder(TrainedModel model) : Embedder
{
    readonly Predictor _predictor = model.NewPredictor();

    public override string Name => $"what {model.Described.Model} makes of a sample before its output layer";

    public override string? Key => _predictor.FeaturesPay ? string.Join('\n', model.Described.WeightsHash, PlanJson.Write(model.Described.Preprocessing), PlanJson.Write(model.Described.Plan.TextPipeline)) : null;

    public override int BatchSize => _predictor.BatchSize;

    public override IReadOnlyList<Featured> Of(IReadOnlyList<string> items, CancellationToken cancel) => _predictor.Features(items, cancel);

    public override void Dispose() => _predictor.Dispose();
}

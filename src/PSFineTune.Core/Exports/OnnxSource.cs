using PSFineTune.Models.Onnx;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;

namespace PSFineTune.Exports;

/// <summary>Some samples as an exported model takes them, and what this module answers.</summary>
/// <param name="Inputs">By name: byte[], long[] or float[], and its shape.</param>
/// <param name="Logits">Samples x classes.</param>
/// <param name="Count">Samples.</param>
sealed record OnnxBatch(IReadOnlyDictionary<string, (Array Values, long[] Shape)> Inputs, float[] Logits, int Count);

/// <summary>A trained model on its way to ONNX: its graph, what a service has to know besides, and samples to compare it by.</summary>
abstract class OnnxSource(Predictor predictor) : IDisposable
{
    // Of made-up samples.
    protected const int Made = 4;

    protected const string BatchSide = "batch";

    /// <summary>Adds the model.</summary>
    /// <returns>Name of the logits, N x classes, float32; the softmax of logits / temperature is what predictions show.</returns>
    public abstract string Build(OnnxGraph graph);

    /// <summary>What a service must know of its samples, as JSON by key.</summary>
    public abstract IEnumerable<(string Key, string Json)> Facts { get; }

    /// <summary>Reads probes, or makes samples up where there are none.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="FineTuneException">A probe cannot be read.</exception>
    public abstract int Prepare(ProbeSet? probes, CancellationToken cancel);

    /// <summary>Some of those samples, which are answered now.</summary>
    public abstract OnnxBatch Batch(int from, int count);

    /// <exception cref="FineTuneException">NoOnnxForm: texts have no pixels to prepare, or a program of somebody else is part of it; or the model is damaged.</exception>
    public static OnnxSource Of(TrainedModel model, bool includePreprocessing)
    {
        if (includePreprocessing && model.IsText) throw Fault.NoOnnxPreprocessing(model.Described.Model);
        // Before any of its code is loaded.
        if (model.Described.Plan.Model is { HoldsCode: true }) throw Fault.NoOnnxForm(model.Described.Model, "its features come from a TorchScript program, of which only PyTorch can make a graph (torch.onnx.export)");
        var spec = model.Described.Plan.Model ?? throw Fault.NotAModel(model.Described.Path);
        var predictor = model.Seeing(null).At(1).NewPredictor();
        try
        {
            return spec.NewOnnxSource(predictor, model, includePreprocessing);
        }
        catch
        {
            predictor.Dispose();
            throw;
        }
    }

    public virtual void Dispose() => predictor.Dispose();
}

using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Exports;
using PSFineTune.Imaging;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>A neural network of texts: it is given numbers of words, N x L, and 0 behind a text's end.</summary>
public abstract record TextNetworkSpec : NetworkSpec
{
    const string PipelineName = "text/pipeline.json";

    // A predictor asks for a reader with every few texts.
    static readonly ConditionalWeakTable<ModelParts, TextEncoder> s_encoders = [];

    [JsonIgnore]
    public sealed override Preprocessing? DefaultPreprocessing => null;

    internal abstract override TextPipeline DefaultTextPipeline { get; }

    internal sealed override SampleReader NewReader(SampleSource source, Preprocessing? preprocessing, AugmentPipeline augment, ModelParts parts, CanvasCache? cache = null, int? imageSize = null) =>
        new TokenReader(source, Encoder(parts));

    internal sealed override ModelParts Learn(TrainingPlan plan, Dataset data, CancellationToken cancel)
    {
        var pipeline = plan.TextPipeline ?? DefaultTextPipeline;
        return new([
            (PipelineName, "text", PartSource.Of(PlanJson.Write(pipeline.WithoutFolders()))),
            .. pipeline.Tokens.Files.Select(file => (file.Name, "tokens", PartSource.OfFile(file.Path))),
            .. Words(plan, pipeline, data, cancel)]);
    }

    private protected sealed override Func<string, int, IReadOnlyList<TokenScore>> Explainer(Classifier network, ModelParts parts) =>
        (text, label) => TokenAttribution.Of(network, Encoder(parts), text, label);

    /// <summary>What turns texts into numbers, from the parts of a model alone.</summary>
    /// <exception cref="FineTuneException">PartMissing.</exception>
    internal TextEncoder Encoder(ModelParts parts) => s_encoders.GetValue(parts, parts => new(
        PlanJson.Read<TextPipeline>(System.Text.Encoding.UTF8.GetString(Part(parts, PipelineName).Bytes())), parts, OpenWords(parts)));

    /// <summary>The words that have rows, kept as parts.</summary>
    private protected abstract IEnumerable<(string Name, string Kind, PartSource Source)> Words(TrainingPlan plan, TextPipeline pipeline, Dataset data, CancellationToken cancel);

    /// <summary>The same, read again.</summary>
    private protected abstract WordIds OpenWords(ModelParts parts);

    private protected PartSource Part(ModelParts parts, string name) => parts.Find(name) ?? throw Fault.PartMissing(Name, name);

    internal sealed override OnnxSource NewOnnxSource(Predictor predictor, TrainedModel model, bool includePreprocessing) =>
        new OnnxTexts((NetworkPredictor)predictor, Encoder(model.Parts), model.Described);
}

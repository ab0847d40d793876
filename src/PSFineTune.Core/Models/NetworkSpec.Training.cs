using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Exports;
using PSFineTune.Imaging;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Models;

public abstract partial record NetworkSpec
{
    /// <summary>Turns samples into this network's input.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="preprocessing">Of the weights; null for texts.</param>
    /// <param name="augment">How samples that are drawn for are varied.</param>
    /// <param name="parts">What was learned from the training samples besides weights, such as a vocabulary.</param>
    /// <param name="cache">Of decoded images; null for none.</param>
    /// <param name="imageSize">Side of the input where it is another than the weights' own, pixels.</param>
    internal virtual SampleReader NewReader(SampleSource source, Preprocessing? preprocessing, AugmentPipeline augment, ModelParts parts, CanvasCache? cache = null, int? imageSize = null) =>
        new ImageReader(source, preprocessing ?? DefaultPreprocessing!, augment, cache, imageSize);

    /// <summary>Reads a file of weights, with the member of this architecture that they fit.</summary>
    /// <exception cref="FineTuneException">WeightsNotFound, InvalidSafetensors, InvalidPyTorchFile and others of the file.</exception>
    internal virtual PretrainedWeights ReadWeights(string path) => PretrainedWeights.Read(path, this);

    /// <summary>The same of a file whose hash is known; one that is code is compared before any of it runs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">What its hash must be; null for any. Whoever calls compares what was read, too.</param>
    internal virtual PretrainedWeights ReadWeights(string path, string? sha256) => ReadWeights(path);

    /// <summary>Puts weights into a new network, all but the head.</summary>
    /// <param name="network">Of this architecture.</param>
    /// <param name="weights">From <see cref="ReadWeights(string)"/>.</param>
    /// <param name="parts">From <see cref="Learn"/>.</param>
    /// <param name="seed">Of what the weights leave open.</param>
    internal virtual void Fill(Classifier network, PretrainedWeights weights, ModelParts parts, int seed) => network.Load(weights.Tensors, keepHead: false, weights.Source);

    /// <summary>The plan with what comes with its weights besides them, such as a vocabulary.</summary>
    internal virtual TrainingPlan Adopt(TrainingPlan plan, PretrainedWeights weights) => plan;

    /// <summary>What the training samples tell besides weights, before the first step; kept with the run and its packages.</summary>
    internal virtual ModelParts Learn(TrainingPlan plan, Dataset data, CancellationToken cancel) => ModelParts.None;

    internal override Predictor NewPredictor(PackageContent content, TestTimeAugmentation? views)
    {
        var (package, parts) = (content.Package, ModelParts.OfModel(content.Others));
        using var weights = content.Weights.Open();
        var tensors = Safetensors.Read(weights, content.Weights.Length, package.Path).Tensors;
        // A description may claim any size: nothing is built that the file has no weights for.
        Validate();
        if (WeightsMatch.Problems(Tensors(package.Classes.Count), tensors, head: null) is { Count: > 0 } problems) throw Fault.WeightsMismatch(package.Path, "the model", problems);
        var classifier = Build(package.Classes.Count, seed: null);
        classifier.Load(tensors, keepHead: true, package.Path);
        Complete(classifier, parts, package.Path);
        return new NetworkPredictor(classifier, source => NewReader(source, package.Preprocessing, views?.Augment ?? new(), parts), package.Classes.Count, Explainer(classifier, parts), views?.Views ?? 1);
    }

    /// <summary>Gives a trained network what it needs besides weights.</summary>
    private protected virtual void Complete(Classifier network, ModelParts parts, string source) { }

    /// <summary>What says how much each token of a text adds to a class; null for images.</summary>
    private protected virtual Func<string, int, IReadOnlyList<TokenScore>>? Explainer(Classifier network, ModelParts parts) => null;

    internal override IEnumerable<TrainEvent> Train(TrainingPlan plan, Dataset data, RunFolder folder, RunOptions options, CancellationToken cancel) =>
        Trainer.Run(this, plan, data, folder, options, cancel);

    internal override OnnxSource NewOnnxSource(Predictor predictor, TrainedModel model, bool includePreprocessing) =>
        new OnnxImages((NetworkPredictor)predictor, model.Described, includePreprocessing);
}

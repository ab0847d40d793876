using PSFineTune.Data;
using PSFineTune.Exports;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Terms;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>A model of the terms of texts, which is fitted at once and takes no steps.</summary>
public abstract record TermModelSpec : ModelSpec
{
    /// <summary>Fits to the training texts.</summary>
    /// <param name="rows">A text each.</param>
    /// <param name="labels">Index of each text's class.</param>
    /// <param name="weights">How much each class counts, one each.</param>
    /// <param name="plan">Its seed and threads; the model does not depend on how many threads there are.</param>
    /// <param name="say">Told what the user should know.</param>
    /// <param name="cancel">Stops within one pass.</param>
    internal abstract TermClassifier Fit(SparseRows rows, int[] labels, double[] weights, TrainingPlan plan, Action<string> say, CancellationToken cancel);

    /// <summary>As it was stored.</summary>
    /// <param name="tensors">By name.</param>
    /// <param name="classes">Count of classes.</param>
    /// <param name="source">To name in a fault.</param>
    /// <exception cref="FineTuneException">WeightsMismatch.</exception>
    internal abstract TermClassifier Load(IReadOnlyDictionary<string, StoredTensor> tensors, int classes, string source);

    internal sealed override IEnumerable<TrainEvent> Train(TrainingPlan plan, Dataset data, RunFolder folder, RunOptions options, CancellationToken cancel) =>
        TermTrainer.Run(this, plan, data, folder, cancel);

    /// <summary>As a package or a run has it.</summary>
    /// <exception cref="FineTuneException">InvalidSafetensors, WeightsMismatch.</exception>
    internal TermClassifier Read(PackageContent content)
    {
        using var weights = content.Weights.Open();
        return Load(Safetensors.Read(weights, content.Weights.Length, content.Package.Path).Tensors, content.Package.Classes.Count, content.Package.Path);
    }

    internal sealed override Predictor NewPredictor(PackageContent content, TestTimeAugmentation? views)
    {
        var package = content.Package;
        return new TermPredictor(TextVectorizer.Load(package.Plan.TextPipeline ?? throw Fault.NotAModel(package.Path), ModelParts.OfModel(content.Others), package.Path), Read(content));
    }

    internal sealed override OnnxSource NewOnnxSource(Predictor predictor, TrainedModel model, bool includePreprocessing) =>
        new OnnxTerms((TermPredictor)predictor, model.Described);
}

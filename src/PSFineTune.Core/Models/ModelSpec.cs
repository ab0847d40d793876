using System.Text.Json.Serialization;
using PSFineTune.Data;
using PSFineTune.Exports;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Text;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>A model as data: what it is called, what is inside it, and how it learns. The root of networks and of models that are none.</summary>
public abstract record ModelSpec
{
    [JsonIgnore]
    public string Name => GetType().Name;

    /// <summary>The architecture family, such as ResNet.</summary>
    [JsonIgnore]
    public abstract string Family { get; }

    /// <summary>How texts are prepared for it unless the user says otherwise; null for a model of images.</summary>
    internal virtual TextPipeline? DefaultTextPipeline => null;

    /// <summary>Where settings come from that the user does not give.</summary>
    internal virtual Recipe DefaultRecipe => new Recommended();

    /// <summary>It comes with a program of somebody else, which runs only where code is allowed, and without which it is nothing.</summary>
    internal virtual bool HoldsCode => false;

    /// <summary>Every tensor of the model with its layer group, input to output; nothing is built for it.</summary>
    /// <param name="classes">Count of classes, above 0.</param>
    internal abstract IReadOnlyList<TensorSpec> Tensors(int classes);

    /// <exception cref="FineTuneException">BadPlanSetting: a setting cannot be used.</exception>
    internal virtual void Validate() { }

    /// <summary>The trained model at work.</summary>
    /// <param name="content">Its weights and parts.</param>
    /// <param name="views">What predictions are averaged over; null for the plain sample.</param>
    /// <exception cref="FineTuneException">The weights or parts are damaged or do not fit.</exception>
    internal abstract Predictor NewPredictor(PackageContent content, TestTimeAugmentation? views);

    /// <summary>The trained model on its way to ONNX.</summary>
    /// <param name="predictor">From <see cref="NewPredictor"/>; whoever gets the source disposes it with that.</param>
    /// <param name="model">Where its classes and parts are.</param>
    /// <param name="includePreprocessing">The graph is to take pixels as decoders give them.</param>
    internal abstract OnnxSource NewOnnxSource(Predictor predictor, TrainedModel model, bool includePreprocessing);

    /// <summary>Trains by the plan. Pulled: it advances only as its events are read; the last is <see cref="RunDone"/>.</summary>
    internal abstract IEnumerable<TrainEvent> Train(TrainingPlan plan, Dataset data, RunFolder folder, RunOptions options, CancellationToken cancel);
}

using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Training;

namespace PSFineTune.Models;

public abstract partial record NetworkSpec
{
    /// <summary>Turns samples into this network's input.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="preprocessing">Of the weights.</param>
    /// <param name="augment">How samples that are drawn for are varied.</param>
    /// <param name="cache">Of decoded images; null for none.</param>
    /// <param name="imageSize">Side of the input where it is another than the weights' own, pixels.</param>
    internal virtual SampleReader NewReader(SampleSource source, Preprocessing preprocessing, AugmentPipeline augment, CanvasCache? cache = null, int? imageSize = null) =>
        new ImageReader(source, preprocessing, augment, cache, imageSize);

    internal override IEnumerable<TrainEvent> Train(TrainingPlan plan, Dataset data, RunFolder folder, RunOptions options, CancellationToken cancel) =>
        Trainer.Run(this, plan, data, folder, options, cancel);
}

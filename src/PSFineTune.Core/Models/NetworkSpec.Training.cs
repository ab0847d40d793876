using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Models;

public abstract partial record NetworkSpec
{
    /// <summary>Turns samples into this network's input.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="preprocessing">Of the weights.</param>
    /// <param name="augment">How samples that are drawn for are varied.</param>
    internal virtual SampleReader NewReader(SampleSource source, Preprocessing preprocessing, AugmentPipeline augment) => new ImageReader(source, preprocessing, augment);

    internal override IEnumerable<TrainEvent> Train(TrainingPlan plan, Dataset data, RunFolder folder, CancellationToken cancel) =>
        Trainer.Run(this, plan, data, folder, cancel);
}

using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Models;

public abstract partial record NetworkSpec
{
    internal override IEnumerable<TrainEvent> Train(TrainingPlan plan, Dataset data, RunFolder folder, CancellationToken cancel) =>
        Trainer.Run(this, plan, data, folder, cancel);
}

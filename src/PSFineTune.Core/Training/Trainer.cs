using PSFineTune.Data;
using PSFineTune.Models;

namespace PSFineTune.Training;

/// <summary>Trains a network by a plan.</summary>
static class Trainer
{
    public static IEnumerable<TrainEvent> Run(NetworkSpec spec, TrainingPlan plan, Dataset data, RunFolder folder, CancellationToken cancel) => [];
}

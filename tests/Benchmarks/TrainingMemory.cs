using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Training;
using PSFineTune.Training.Averages;
using TorchSharp;

namespace PSFineTune.Benchmarks;

/// <summary>Resident memory while a small network trains, checkpoints and validation included: the least and the most of each hundred steps, and live tensors.</summary>
static class TrainingMemory
{
    const int Stretch = 100, BatchSize = 8;

    /// <param name="folder">One folder for each class.</param>
    /// <param name="steps">At least so many, to the end of an epoch.</param>
    public static IEnumerable<object> Measure(string folder, int steps)
    {
        var workspace = Directory.CreateTempSubdirectory("psfinetune-memory-").FullName;
        try
        {
            var data = ImageDataset.Import(new() { Root = folder }, workspace, CancellationToken.None);
            var plan = PlanStart.For(new ResNet20(), data, TrainingPlan.EmbeddedWeights, new Tutorial()) with { Optimizer = new AdamW { LearningRate = 1e-4 }, Average = new Ema(), BatchSize = BatchSize };
            var perEpoch = BatchLoader.Parts(data.RowsOf(Split.Train), BatchSize).Count;
            plan = plan with { Epochs = (steps + perEpoch - 1) / perEpoch };
            var (least, most) = (long.MaxValue, 0L);
            foreach (var happened in FineTuning.Run(plan, data, workspace, null, CancellationToken.None))
            {
                if (happened is not StepDone step) continue;
                var now = Environment.WorkingSet;
                (least, most) = (Math.Min(least, now), Math.Max(most, now));
                if (step.Step % Stretch != 0) continue;
                yield return new
                {
                    step = step.Step,
                    resident_MiB = Math.Round(least / 1048576.0, 1),
                    most_MiB = Math.Round(most / 1048576.0, 1),
                    managed_MiB = GC.GetGCMemoryInfo().TotalCommittedBytes >> 20,
                    live_tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount,
                };
                (least, most) = (long.MaxValue, 0);
            }
        }
        finally
        {
            Directory.Delete(workspace, recursive: true);
        }
    }
}

using System.Diagnostics;
using PSFineTune.Data;
using PSFineTune.Models;

namespace PSFineTune.Training;

/// <summary>What the measuring of a plan yields after each step.</summary>
/// <param name="Step">From 1, steps to warm up included.</param>
/// <param name="Steps">In all.</param>
/// <param name="Estimate">With the last alone.</param>
/// <param name="Warning">Of the plan's precision, with the first; null for none.</param>
sealed record TrialStep(int Step, int Steps, PlanEstimate? Estimate, string? Warning = null);

/// <summary>Measures a plan by a few of its steps.</summary>
/// <param name="Steps">In all.</param>
/// <param name="WarmUp">That are not timed: the first make what the later ones use again.</param>
sealed record PlanTrial(int Steps = 8, int WarmUp = 2)
{
    const int ValidationBatches = 4, MostSteps = 10_000;

    /// <summary>Pulled: it advances only as its steps are read; the last has the estimate.</summary>
    /// <param name="plan">What to measure.</param>
    /// <param name="data">The plan's data where they are at hand; null to read them from where the plan says.</param>
    /// <param name="workspace">Where the run would be; nothing is written there.</param>
    /// <param name="progress">Of reading the data; called on the calling thread.</param>
    /// <param name="cancel">Stops within one step.</param>
    /// <exception cref="FineTuneException">As a run of the plan.</exception>
    public IEnumerable<TrialStep> Run(TrainingPlan plan, Dataset? data, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        PlanCheck.Require(Steps > WarmUp && Steps <= MostSteps, nameof(Steps), Steps, $"{WarmUp + 1} to {MostSteps}");
        using var trial = Trial.Of(plan, data, workspace, progress, cancel);
        var tensors = plan.Model!.Tensors(trial.Data.Classes.Count).Where(tensor => tensor.Role == TensorRole.Parameter).ToList();
        var learn = Enumerable.Range(1, plan.Epochs).ToDictionary(epoch => epoch, epoch => tensors.Where(tensor => !LayerPaces.Of(plan, tensor, epoch).Frozen).Sum(tensor => tensor.Elements));
        var epoch = learn.MaxBy(pair => pair.Value).Key;
        trial.Learner.Begin(epoch);

        using var memory = new MemoryPeak();
        var warning = PrecisionTrial.Warning(plan, trial.Learner, epoch, trial.Loader, trial.Batches(cancel));
        var (watch, seconds, step) = (Stopwatch.StartNew(), new List<double>(), 0);
        foreach (var batch in trial.Batches(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            var loss = trial.Step(batch, 1).Loss;
            if (!float.IsFinite(loss)) throw Fault.LossNotFinite(epoch, step + 1, loss, plan.Optimizer.LearningRate);
            if (step >= WarmUp) seconds.Add(watch.Elapsed.TotalSeconds);
            if (++step == Steps) break;
            yield return new(step, Steps, null, step == 1 ? warning : null);
            // What whoever pulls does with a step is not the run's.
            watch.Restart();
        }
        var validation = Validate(trial, plan.BatchSize, cancel);
        var (half, most) = (Quantile(seconds, 0.5), Quantile(seconds, 0.9));
        var (bytes, free) = (Checkpoint.BytesOf(trial.Learner), FreeBytes(workspace));
        yield return new(Steps, Steps, new()
        {
            Model = plan.Model.Name,
            TrainedParameters = learn[epoch],
            FrozenParameters = tensors.Sum(tensor => tensor.Elements) - learn[epoch],
            Samples = trial.Samples,
            ValidationSamples = trial.Data.RowsOf(Split.Validation).Length,
            Epochs = plan.Epochs,
            Steps = trial.StepsPerEpoch * plan.Epochs,
            TimedSteps = seconds.Count,
            StepSecondsP50 = half,
            StepSecondsP90 = most,
            ValidationSeconds = validation,
            SecondsPerEpoch = trial.StepsPerEpoch * half + validation,
            DurationLow = TimeSpan.FromSeconds(plan.Epochs * (trial.StepsPerEpoch * half + validation)),
            DurationHigh = TimeSpan.FromSeconds(plan.Epochs * (trial.StepsPerEpoch * most + validation)),
            PeakMemoryBytes = memory.Bytes,
            CheckpointBytes = bytes,
            FreeDiskBytes = free,
            Threads = trial.Threads,
            Fits = free is null || free >= Checkpoint.SpaceFor(bytes),
        });
    }

    // The first batch has what is made once for the pass; the others tell what one more takes.
    static double Validate(Trial trial, int batchSize, CancellationToken cancel)
    {
        var rows = trial.Data.RowsOf(Split.Validation);
        var some = rows.Take(ValidationBatches * batchSize).ToArray();
        var (watch, first, batches) = (Stopwatch.StartNew(), TimeSpan.Zero, BatchLoader.Parts(some, batchSize).Count);
        foreach (var _ in Inference.Run(trial.Learner.Model, trial.Loader, some, cancel))
            if (first == TimeSpan.Zero) first = watch.Elapsed;
        if (batches <= 1) return watch.Elapsed.TotalSeconds;
        return (first + (watch.Elapsed - first) / (batches - 1) * (BatchLoader.Parts(rows, batchSize).Count - 1)).TotalSeconds;
    }

    static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var (low, high) = (sorted[(int)place], sorted[Math.Min((int)place + 1, sorted.Length - 1)]);
        return low + (high - low) * (place - (int)place);
    }

    // A workspace that is not there yet will be on the disk of the nearest folder above it.
    static long? FreeBytes(string workspace)
    {
        var folder = Path.GetFullPath(workspace);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above) folder = above;
        return RunFolder.FreeBytes(folder);
    }
}

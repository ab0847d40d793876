using System.Diagnostics;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Training.Frozen;

namespace PSFineTune.Training;

/// <summary>What the measuring of a plan yields after each step.</summary>
/// <param name="Step">From 1, steps to warm up included; 0 while what comes before them is measured.</param>
/// <param name="Steps">In all.</param>
/// <param name="Estimate">With the last alone.</param>
/// <param name="Warning">Of the plan's precision, with the first; null for none.</param>
sealed record TrialStep(int Step, int Steps, PlanEstimate? Estimate, string? Warning = null);

/// <summary>Measures a plan by a few of its steps.</summary>
/// <param name="Steps">In all.</param>
/// <param name="WarmUp">That are not timed: the first make what the later ones use again.</param>
/// <param name="Resume">Measures what is left of the newest run of the plan in the workspace, where there is one.</param>
sealed record PlanTrial(int Steps = 8, int WarmUp = 2, bool Resume = false)
{
    const int MostSteps = 10_000;

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
        var past = Resume ? ResumePoint.Newest(workspace, plan) : null;
        if (past is { IsFinished: true })
        {
            yield return new(Steps, Steps, Left(plan, past.Record.Classes.Count, past, 1) with { FreeDiskBytes = FreeBytes(workspace), Threads = past.Record.Threads, Fits = true });
            yield break;
        }
        if (plan.Model is TermModelSpec terms)
        {
            data ??= plan.Dataset?.OpenReadOnly(workspace, progress, cancel) ?? throw Fault.BadPlanSetting("Dataset", null, "a dataset from Import-TextDataset");
            foreach (var measured in TermTrial.Run(terms, plan, data, FreeBytes(workspace), cancel)) yield return measured;
            yield break;
        }
        using var trial = Trial.Of(past?.Continued(plan) ?? plan, data, workspace, progress, cancel, past?.Record);
        using var memory = new MemoryPeak();
        var preparation = new PreparationTrial(trial, plan, RunFolder.OutputsIn(workspace), isNew: past is not { Position.Step: > 0 });
        foreach (var _ in preparation.Run(cancel)) yield return new(0, Steps, null);

        var epoch = BusiestEpoch(plan, trial.Learner.Network.Specs, past);
        var warning = PrecisionTrial.Warning(plan, trial.Learner, epoch, trial.Loader, trial.Batches(cancel));
        trial.Learner.Begin(epoch);
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
        var times = new PlanTimes(preparation.Seconds + (preparation.HasProbe ? validation : 0), seconds, validation, ProgressiveSize.ShareOf(plan, preparation.Views));
        var (bytes, free) = (Checkpoint.BytesOf(trial.Learner), FreeBytes(workspace));
        var left = Left(plan, trial.Data.Classes.Count, past, epoch) with
        {
            Samples = trial.Samples,
            ValidationSamples = trial.ValidationSamples,
            Epochs = plan.Epochs - (past?.Record.Epochs.Count ?? 0),
            Steps = trial.StepsPerEpoch * plan.Epochs - (past?.Position.Step ?? 0),
            PeakMemoryBytes = memory.Bytes,
            CheckpointBytes = bytes,
            CacheBytes = preparation.Bytes,
            FreeDiskBytes = free,
            Threads = trial.Threads,
            Fits = free is null || free >= Checkpoint.SpaceFor(bytes, past?.Checkpoints ?? 0) + preparation.Bytes,
        };
        yield return new(Steps, Steps, times.AddTo(left, trial.StepsPerEpoch));
    }

    // What can be told without a step.
    static PlanEstimate Left(TrainingPlan plan, int classes, ResumePoint? past, int epoch)
    {
        var tensors = plan.Model!.Tensors(classes);
        return new()
        {
            Model = plan.Model.Name,
            Run = past?.Record.Id,
            EpochsDone = past?.Record.Epochs.Count ?? 0,
            TrainedParameters = Learning(plan, tensors, epoch),
            FrozenParameters = tensors.Where(tensor => tensor.Role == TensorRole.Parameter).Sum(tensor => tensor.Elements) - Learning(plan, tensors, epoch),
        };
    }

    // Of those that are left, the one in which most learn.
    static int BusiestEpoch(TrainingPlan plan, IReadOnlyList<TensorSpec> tensors, ResumePoint? past) =>
        Enumerable.Range(1, plan.Epochs).Skip(past?.Record.Epochs.Count ?? 0).MaxBy(epoch => Learning(plan, tensors, epoch));

    static long Learning(TrainingPlan plan, IReadOnlyList<TensorSpec> tensors, int epoch) =>
        tensors.Where(tensor => tensor.Role == TensorRole.Parameter && !LayerPaces.Of(plan, tensor, epoch).Frozen).Sum(tensor => tensor.Elements);

    // The first batch has what is made once for the pass; the others tell what one more takes.
    static double Validate(Trial trial, int batchSize, CancellationToken cancel)
    {
        var parts = BatchLoader.Parts(trial.ValidationRows, batchSize).Take(PreparationTrial.Batches).Select(part => part.Count).ToList();
        var (watch, ends, seen, next) = (Stopwatch.StartNew(), new List<double>(), 0, 0);
        foreach (var _ in Inference.Run(trial.Learner.Model, trial.Loader, trial.ValidationRows, cancel, trial.Learner.FromGroup))
        {
            if (seen++ != next) continue;
            ends.Add(watch.Elapsed.TotalSeconds);
            next += parts[ends.Count - 1];
            if (ends.Count == parts.Count) break;
        }
        return PassTime.Of(ends).Seconds(BatchLoader.Parts(trial.Data.RowsOf(Split.Validation), batchSize).Count);
    }

    // A workspace that is not there yet will be on the disk of the nearest folder above it.
    static long? FreeBytes(string workspace)
    {
        var folder = Path.GetFullPath(workspace);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above) folder = above;
        return RunFolder.FreeBytes(folder);
    }
}

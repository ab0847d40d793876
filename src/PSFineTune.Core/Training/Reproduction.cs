using PSFineTune.Data;
using PSFineTune.Native;

namespace PSFineTune.Training;

/// <summary>Whether a run, trained again from its record, is the same bit for bit.</summary>
public sealed record Reproduction
{
    /// <summary>Id of the run.</summary>
    public string Run { get; init; } = "";

    /// <summary>The loss of every step and the weights after the last are the same.</summary>
    public bool Identical { get; init; }

    /// <summary>Steps that were compared.</summary>
    public int Steps { get; init; }

    /// <summary>The first step with another loss, from 1; null where there is none.</summary>
    public int? FirstDifferentStep { get; init; }

    /// <summary>Why it is not the same, as far as that can be told; empty where it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Of the weights in the run's newest checkpoint.</summary>
    public string WeightsHash { get; init; } = "";

    /// <summary>As <see cref="WeightsHash"/>, of the weights after the same number of steps; empty where a step differed before.</summary>
    public string ReproducedWeightsHash { get; init; } = "";
}

/// <summary>Trains a run again in a folder of its own, which is removed, until its last step or the first that differs.</summary>
/// <param name="run">Of the run; it is only read.</param>
sealed class Reproducer(RunFolder run)
{
    readonly RunRecord _record = run.Record;
    readonly string _checkpoint = Checkpoint.Newest(run);
    readonly string _beside = $"{run.Path}.again-{Guid.NewGuid().ToString("N")[..4]}";

    /// <summary>Yields the steps, and at the end what they show.</summary>
    /// <param name="progress">Of reading the data; called on the calling thread.</param>
    /// <param name="cancel">Stops within one step.</param>
    /// <exception cref="FineTuneException">NoOwnData, WeightsChanged, ResourceBusy, and as a run.</exception>
    public IEnumerable<(StepDone? Step, Reproduction? Result)> Run(IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var (losses, steps, same) = (Checkpoint.Losses(_checkpoint), 0, true);
        try
        {
            // Every file is hashed again: the folder has no cache.
            var data = _record.Plan.Dataset?.Open(_beside, progress, cancel) ?? throw Fault.NoOwnData(run.Path, run.Id, _beside);
            var plan = _record.Plan with { Threads = _record.Threads, Dataset = data.Reference };
            // A network for other classes has no step in common.
            if (data.Classes.SequenceEqual(_record.Classes))
            {
                foreach (var step in FineTuning.Run(plan, data, _beside, progress, cancel, new() { CheckpointInterval = TimeSpan.MaxValue, InLedger = false }).OfType<StepDone>())
                {
                    steps = step.Step;
                    same = BitConverter.SingleToInt32Bits(step.BatchLoss) == BitConverter.SingleToInt32Bits(losses[steps - 1]);
                    yield return (step with { Steps = losses.Length, Left = step.Left * ((double)(losses.Length - steps) / Math.Max(1, step.Steps - steps)) }, null);
                    if (!same || steps == losses.Length) break;
                }
            }
            yield return (null, Result(same && steps < losses.Length ? steps + 1 : same ? null : steps, steps, data));
        }
        finally
        {
            Remove();
        }
    }

    // Whoever stops pulling a run leaves a checkpoint of its last step.
    Reproduction Result(int? differs, int steps, Dataset data)
    {
        var again = RunFolder.All(_beside).FirstOrDefault();
        var (then, now) = (Checkpoint.WeightsHashOf(_checkpoint), differs is null ? Checkpoint.WeightsHashOf(Checkpoint.Newest(again!)) : "");
        return new()
        {
            Run = run.Id, Steps = steps, FirstDifferentStep = differs, WeightsHash = then, ReproducedWeightsHash = now,
            Identical = differs is null && then == now, Reason = differs is null && then == now ? "" : Why(data, again?.Record.Threads),
        };
    }

    string Why(Dataset data, int? threads)
    {
        var written = Checkpoint.RecordOf(_checkpoint);
        if (_record.Plan.Dataset!.Fingerprint != data.Fingerprint) return $"The data at '{data.Reference.Root}' are not those that the run learned from.";
        if (PlanHash.Of(_record.Plan) != PlanHash.Of(written.Plan)) return "The record has another plan than the run's newest checkpoint was written with.";
        if (_record.Threads != written.Threads) return $"The record says {_record.Threads} threads, and the run's newest checkpoint was written with {written.Threads}.";
        if (_record.Environment != TorchRuntime.Description) return $"The run was computed by other software or another processor ({_record.Environment}; this is {TorchRuntime.Description}).";
        if (threads is not null && threads != _record.Threads) return $"The run used {_record.Threads} threads, and {threads} could be had.";
        if (Checkpoint.PositionOf(_checkpoint).Parts != _record.Plan.Accumulation) return "Memory ran out in the run, which then computed its batches in more parts.";
        return _record.Notes.Count > 0 ? $"It may be what the run noted: {string.Join(' ', _record.Notes)}" : "Nothing that is known to change the bits of a result has changed.";
    }

    // What cannot be removed now, because a scanner holds it, is no reason to lose the result.
    void Remove()
    {
        try
        {
            if (Directory.Exists(_beside)) Directory.Delete(_beside, recursive: true);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
        }
    }
}

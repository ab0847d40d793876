using System.Diagnostics;
using PSFineTune.Augment;
using PSFineTune.Models;

namespace PSFineTune.Training.Frozen;

/// <summary>
/// Measures on some samples what a run does once, before its first epoch; the trial goes on behind it as the run would, with
/// what came out held in memory.
/// </summary>
/// <param name="trial">Of the plan.</param>
/// <param name="plan">What to measure.</param>
/// <param name="folder">Of the outputs that earlier runs have written; read alone.</param>
/// <param name="isNew">The run has no step behind it, so that a linear probe comes first.</param>
sealed class PreparationTrial(Trial trial, TrainingPlan plan, string folder, bool isNew)
{
    /// <summary>Batches of each pass that are timed.</summary>
    public const int Batches = 4;

    // Of the linear probe; beyond them its time grows with the samples.
    const int FittedRows = 2048;

    /// <summary>Views for which frozen layers are computed once; 0 where none are.</summary>
    public int Views { get; private set; }

    /// <summary>Of the passes and the linear probe, but for its validation.</summary>
    public double Seconds { get; private set; }

    /// <summary>That will be written into the folder.</summary>
    public long Bytes { get; private set; }

    /// <summary>A linear probe was fitted, which a run judges.</summary>
    public bool HasProbe { get; private set; }

    /// <summary>Pulled: one element a batch.</summary>
    public IEnumerable<int> Run(CancellationToken cancel)
    {
        foreach (var count in Freeze(cancel)) yield return count;
        if (!isNew || plan.ProbePenalty is not { } penalty) yield break;
        foreach (var count in Probe(penalty, cancel)) yield return count;
    }

    IEnumerable<int> Freeze(CancellationToken cancel)
    {
        var (network, loader) = (trial.Learner.Network, trial.Loader);
        var boundary = FrozenPrefix.Cached(plan, network.Specs);
        if (boundary == 0) yield break;
        using var outputs = new FrozenOutputs(plan, trial.Data, network, boundary, _ => loader, folder);
        var (missing, held) = (outputs.Missing(), new HeldOutputs());
        Views = outputs.Views;
        network.Training = false;
        var watch = Stopwatch.StartNew();
        using var fast = FastForward.Of(network, 0, boundary);
        foreach (var (view, rows) in new[] { (1, trial.TrainRows), (0, trial.ValidationRows) })
        {
            var ends = new List<double>();
            foreach (var batch in loader.Read(rows, outputs.DrawOf(view), cancel).Take(Batches))
            {
                var (values, shape) = outputs.Outputs(batch, loader.Reader, fast);
                ends.Add(watch.Elapsed.TotalSeconds);
                held.Add(batch, values, shape);
                yield return ends.Count;
            }
            Seconds += PassTime.Of(ends).Seconds(missing.Where(pass => Math.Min(pass.View, 1) == view).Sum(pass => pass.Share * BatchLoader.Parts(pass.Rows, plan.BatchSize).Count));
            watch.Restart();
        }
        Bytes = (long)missing.Sum(pass => pass.Share * OutputFile.BytesOf(pass.Rows.Length, held.Shape, trial.Data.Classes.Count));
        trial.GoOnBehind(held, boundary);
    }

    IEnumerable<int> Probe(double penalty, CancellationToken cancel)
    {
        var (network, watch, ends, features, targets) = (trial.Learner.Network, Stopwatch.StartNew(), new List<double>(), new List<float>(), new List<float>());
        var batches = trial.Loader.Read(trial.TrainRows, row => new DrawKey(plan.Seed, 1, trial.Data.KeyAt(row)), cancel);
        foreach (var (x, t) in LinearProbe.Features(network, trial.Loader.Reader, trial.Learner.FromGroup, batches, penalty).Take(Batches))
        {
            ends.Add(watch.Elapsed.TotalSeconds);
            features.AddRange(x);
            targets.AddRange(t);
            yield return ends.Count;
        }
        var views = Math.Max(1, Views);
        var (all, classes) = (views * trial.Samples, trial.Data.Classes.Count);
        var fitted = Math.Min(all, FittedRows);
        watch.Restart();
        LinearProbe.Fit(network, Rows(features, fitted, targets.Count / classes), Rows(targets, fitted, targets.Count / classes), classes, penalty);
        Seconds += PassTime.Of(ends).Seconds(views * trial.StepsPerEpoch) + watch.Elapsed.TotalSeconds * all / fitted;
        HasProbe = true;
        trial.Learner.BeginAnew();
    }

    // As many rows as wanted: those that are there, again and again.
    static float[] Rows(List<float> values, int wanted, int there)
    {
        var (size, rows) = (values.Count / there, new float[wanted * (values.Count / there)]);
        for (var i = 0; i < rows.Length; i++) rows[i] = values[i % (there * size)];
        return rows;
    }
}

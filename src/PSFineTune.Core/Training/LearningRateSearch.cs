using System.Diagnostics;
using PSFineTune.Data;

namespace PSFineTune.Training;

/// <summary>What a learning-rate range test yields after each step.</summary>
/// <param name="Step">From 1.</param>
/// <param name="Steps">At most.</param>
/// <param name="Point">What the step showed.</param>
/// <param name="Left">Until the last step, by the pace so far.</param>
/// <param name="Curve">With the last step alone.</param>
sealed record SearchStep(int Step, int Steps, LearningRatePoint Point, TimeSpan Left, LearningRateCurve? Curve);

/// <summary>The learning-rate range test (Smith 2015, Cyclical Learning Rates): the rate grows from step to step, and the loss tells where it is right.</summary>
/// <param name="Start">First rate.</param>
/// <param name="End">Last rate.</param>
/// <param name="Steps">At most.</param>
sealed record LearningRateSearch(double Start = 1e-7, double End = 10, int Steps = 100)
{
    const double Smoothing = 0.98, Divergence = 4;
    const int FewestSteps = 20, MostSteps = 10_000;

    /// <summary>Pulled: it advances only as its steps are read; the last has the curve.</summary>
    /// <param name="plan">Whose rate is looked for; its schedule and its average of weights play no part.</param>
    /// <param name="data">The plan's data where they are at hand; null to read them from where the plan says.</param>
    /// <param name="workspace">Nothing is written there.</param>
    /// <param name="progress">Of reading the data; called on the calling thread.</param>
    /// <param name="cancel">Stops within one step.</param>
    /// <exception cref="FineTuneException">As a run of the plan; NoDescent, LossNotFinite in the first step.</exception>
    public IEnumerable<SearchStep> Run(TrainingPlan plan, Dataset? data, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        PlanCheck.Require(Start is > 0 and < double.PositiveInfinity, nameof(Start), Start, "above 0");
        PlanCheck.Require(End > Start && End < double.PositiveInfinity, nameof(End), End, "above Start");
        PlanCheck.Require(Steps is >= FewestSteps and <= MostSteps, nameof(Steps), Steps, $"{FewestSteps} to {MostSteps}");
        using var trial = Trial.Of(plan with { Average = null }, data, workspace, progress, cancel);
        trial.Learner.Begin(epoch: 1);
        var (watch, points, mean, best, diverged) = (Stopwatch.StartNew(), new List<LearningRatePoint>(), 0.0, double.PositiveInfinity, false);
        foreach (var batch in trial.Batches(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            var rate = Start * Math.Pow(End / Start, (double)points.Count / (Steps - 1));
            var loss = (double)trial.Step(batch, rate / plan.Optimizer.LearningRate).Loss;
            diverged = !double.IsFinite(loss);
            if (diverged && points.Count == 0) throw Fault.LossNotFinite(1, 1, loss, rate);
            if (!diverged)
            {
                mean = Smoothing * mean + (1 - Smoothing) * loss;
                var smoothed = mean / (1 - Math.Pow(Smoothing, points.Count + 1));
                points.Add(new() { LearningRate = rate, Loss = loss, Smoothed = smoothed });
                (best, diverged) = (Math.Min(best, smoothed), smoothed > Divergence * Math.Min(best, smoothed));
            }
            if (diverged || points.Count == Steps) break;
            yield return new(points.Count, Steps, points[^1], watch.Elapsed / points.Count * (Steps - points.Count), null);
        }
        yield return new(points.Count, Steps, points[^1], TimeSpan.Zero, RateSuggestion.Of(plan.Model!.Name, points, Steps, diverged));
    }
}

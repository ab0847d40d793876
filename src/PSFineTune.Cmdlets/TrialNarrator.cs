using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>Pulls steps on a copy to their end and shows how far they are.</summary>
sealed class TrialNarrator(FineTuneCmdlet cmdlet, CancellationToken cancel)
{
    const int ProgressId = 8143;
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    readonly Stopwatch _sinceProgress = new();

    public LearningRateCurve Find(LearningRateSearch search, TrainingPlan plan, Dataset? data, string workspace)
    {
        var done = search.Run(plan, data, workspace, new ShownProgress(cmdlet), cancel).Select(step =>
        {
            Progress("Learning rate", step.Step, step.Steps, (int)step.Left.TotalSeconds, string.Create(CultureInfo.InvariantCulture, $"step {step.Step} of {step.Steps}, rate {step.Point.LearningRate:0.##e0}, loss {step.Point.Smoothed:0.000}"));
            return step.Curve;
        }).Last()!;
        Done("Learning rate");
        return done;
    }

    public PlanEstimate Measure(PlanTrial trial, TrainingPlan plan, Dataset? data, string workspace)
    {
        var done = trial.Run(plan, data, workspace, new ShownProgress(cmdlet), cancel).Select(step =>
        {
            if (step.Warning is { } warning) cmdlet.WriteWarning(warning);
            Progress("Measuring", step.Step, step.Steps, -1, step.Step == 0 ? "what comes before the first epoch" : $"step {step.Step} of {step.Steps}");
            return step.Estimate;
        }).Last()!;
        Done("Measuring");
        if (done is { Run: { } run, Epochs: 0 }) cmdlet.WriteVerbose($"The run '{run}' of this plan is finished.");
        return done;
    }

    void Progress(string activity, int step, int steps, int left, string status)
    {
        if (_sinceProgress.IsRunning && _sinceProgress.Elapsed < s_pause) return;
        _sinceProgress.Restart();
        cmdlet.WriteProgress(new(ProgressId, activity, status) { PercentComplete = 100 * step / steps, SecondsRemaining = left });
    }

    void Done(string activity) => cmdlet.WriteProgress(new(ProgressId, activity, "done") { RecordType = ProgressRecordType.Completed });
}

using System.Diagnostics;
using PSFineTune.Schedules;

namespace PSFineTune.Training;

/// <summary>Where a run is, and how long the rest will take at the pace so far, validation included.</summary>
sealed class RunPace(int stepsPerEpoch, int epochs)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();

    public int Step { get; private set; }

    public int Epochs => epochs;

    public int StepsPerEpoch => stepsPerEpoch;

    public int Steps => stepsPerEpoch * epochs;

    public TimeSpan Left => Step == 0 ? TimeSpan.Zero : _watch.Elapsed / Step * (Steps - Step);

    /// <summary>Goes on to the next step, from 1.</summary>
    /// <param name="validationLosses">Of the epochs that are done.</param>
    public Moment Next(IReadOnlyList<double> validationLosses) => new() { Step = ++Step, Steps = Steps, StepsPerEpoch = stepsPerEpoch, ValidationLosses = validationLosses };
}

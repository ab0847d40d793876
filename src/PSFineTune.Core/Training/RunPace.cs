using System.Diagnostics;
using PSFineTune.Schedules;

namespace PSFineTune.Training;

/// <summary>Where a run is, and how long the rest will take at the pace so far, validation included.</summary>
/// <param name="stepsPerEpoch">Batches.</param>
/// <param name="epochs">Of the run.</param>
/// <param name="begun">Steps that were done before, where a run goes on.</param>
sealed class RunPace(int stepsPerEpoch, int epochs, int begun = 0)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();

    readonly int _first = begun;

    /// <summary>Steps done, this one included.</summary>
    public int Step { get; private set; } = begun;

    public int Epochs => epochs;

    public int StepsPerEpoch => stepsPerEpoch;

    public int Steps => stepsPerEpoch * epochs;

    public TimeSpan Elapsed => _watch.Elapsed;

    public TimeSpan Left => Step == _first ? TimeSpan.Zero : _watch.Elapsed / (Step - _first) * (Steps - Step);

    /// <summary>Goes on to the next step, from 1.</summary>
    /// <param name="validationLosses">Of the epochs that are done.</param>
    public Moment Next(IReadOnlyList<double> validationLosses) => new() { Step = ++Step, Steps = Steps, StepsPerEpoch = stepsPerEpoch, ValidationLosses = validationLosses };
}

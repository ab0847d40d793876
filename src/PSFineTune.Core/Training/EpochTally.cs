using System.Diagnostics;

namespace PSFineTune.Training;

/// <summary>What an epoch has shown so far.</summary>
/// <param name="epoch">From 1.</param>
/// <param name="pace">Where the run is.</param>
/// <param name="from">What was counted of the epoch before, where a run goes on.</param>
sealed class EpochTally(int epoch, RunPace pace, RunPosition from)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();

    double _loss = from.Loss;
    int _hits = from.Hits;
    int _seen = from.Seen;
    int _steps = from.StepInEpoch;
    TimeSpan _trained;

    /// <summary>Counts a step in.</summary>
    /// <param name="loss">Mean over its samples.</param>
    /// <param name="hits">Samples whose most probable class is theirs.</param>
    /// <param name="samples">Of the step.</param>
    public StepDone Add(double loss, int hits, int samples)
    {
        (_loss, _hits, _seen, _steps) = (_loss + loss * samples, _hits + hits, _seen + samples, _steps + 1);
        return new(epoch, pace.Epochs, pace.Step, pace.Steps, _loss / _seen, (double)_hits / _seen, Rate(_watch.Elapsed), pace.Left) { BatchLoss = (float)loss };
    }

    public RunPosition Position(int parts) => new() { Step = pace.Step, StepInEpoch = _steps, Loss = _loss, Hits = _hits, Seen = _seen, Parts = parts };

    /// <summary>Training is over for this epoch; what follows is validation.</summary>
    public void Trained() => _trained = _watch.Elapsed;

    public EpochMetric Metric(double validationLoss, double accuracy, double learningRate) => new()
    {
        Epoch = epoch,
        TrainLoss = _loss / _seen,
        ValidationLoss = validationLoss,
        Accuracy = accuracy,
        SamplesPerSecond = Rate(_trained),
        Seconds = _watch.Elapsed.TotalSeconds,
        LearningRate = learningRate,
        PeakMemory = MemoryPeak.Highest(),
    };

    // Of this process: what was seen before it went on took other time.
    double Rate(TimeSpan time) => (_seen - from.Seen) / time.TotalSeconds;
}

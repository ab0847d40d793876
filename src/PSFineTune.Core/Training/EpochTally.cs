using System.Diagnostics;

namespace PSFineTune.Training;

/// <summary>What an epoch has shown so far.</summary>
sealed class EpochTally(int epoch, RunPace pace)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();

    double _loss;
    int _hits;
    int _seen;
    TimeSpan _trained;

    /// <summary>Counts a step in.</summary>
    /// <param name="loss">Mean over its samples.</param>
    /// <param name="hits">Samples whose most probable class is theirs.</param>
    /// <param name="samples">Of the step.</param>
    public StepDone Add(double loss, int hits, int samples)
    {
        (_loss, _hits, _seen) = (_loss + loss * samples, _hits + hits, _seen + samples);
        return new(epoch, pace.Epochs, pace.Step, pace.Steps, _loss / _seen, (double)_hits / _seen, _seen / _watch.Elapsed.TotalSeconds, pace.Left);
    }

    /// <summary>Training is over for this epoch; what follows is validation.</summary>
    public void Trained() => _trained = _watch.Elapsed;

    public EpochMetric Metric(double validationLoss, double accuracy, double learningRate) => new()
    {
        Epoch = epoch,
        TrainLoss = _loss / _seen,
        ValidationLoss = validationLoss,
        Accuracy = accuracy,
        SamplesPerSecond = _seen / _trained.TotalSeconds,
        Seconds = _watch.Elapsed.TotalSeconds,
        LearningRate = learningRate,
    };
}

namespace PSFineTune.Training;

/// <summary>What a run yields while it goes.</summary>
abstract record TrainEvent;

/// <summary>A word about the run that is no result: which preprocessing is assumed, which checkpoint was kept.</summary>
sealed record Noted(string Message, bool IsWarning = false) : TrainEvent;

sealed record StepDone(int Epoch, int Epochs, int Step, int Steps, double Loss, double Accuracy, double SamplesPerSecond, TimeSpan Left) : TrainEvent
{
    /// <summary>Of this step alone, as it was computed; <see cref="Loss"/> is the epoch's so far.</summary>
    public float BatchLoss { get; init; }
}

sealed record EpochDone(EpochMetric Metric) : TrainEvent;

sealed record RunDone(RunRecord Record) : TrainEvent;

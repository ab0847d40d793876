using System.Text.Json.Serialization;

namespace PSFineTune.Training;

/// <summary>What happened in a run: enough to compare two of them, or to repeat one.</summary>
public sealed record RunRecord
{
    /// <summary>The newest form of a record that this version reads, and the one it writes.</summary>
    public const int NewestSchema = 1;

    public int SchemaVersion { get; init; } = NewestSchema;

    public string Id { get; init; } = "";

    public TrainingPlan Plan { get; init; } = new();

    public IReadOnlyList<string> Classes { get; init => field = value.ToIndexable(); } = [];

    public IReadOnlyList<EpochMetric> Epochs { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Best validation accuracy of any epoch, 0 to 1; NaN where there was no validation.</summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>The epoch with the highest validation accuracy; of equal ones, that with the lowest validation loss. The last where there was no validation, null before the first.</summary>
    [JsonIgnore]
    public EpochMetric? BestEpoch => Epochs.All(epoch => double.IsNaN(epoch.Accuracy)) ? Epochs.LastOrDefault() : Epochs.OrderByDescending(epoch => epoch.Accuracy).ThenBy(epoch => epoch.ValidationLoss).First();

    /// <summary>Why it was over; null while it is not, or where it was stopped or failed.</summary>
    public RunEnd? End { get; init; }

    /// <summary>Nothing is left to do: it ended, and not because its time was over.</summary>
    [JsonIgnore]
    public bool IsFinished => ExitCode == 0 && End != RunEnd.TimeBudget;

    /// <summary>How often it went on from a checkpoint.</summary>
    public int Resumes { get; init; }

    /// <summary>What was said of the run that its numbers do not tell: parts that a batch was computed in, checkpoints passed over.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToIndexable(); } = [];

    /// <summary>What was done before the first step, in words: layers computed once, the output layer's beginning, image sizes.</summary>
    public IReadOnlyList<string> Preparation { get; init => field = value.ToIndexable(); } = [];

    /// <summary>SHA-256 over name, dtype, shape and bytes of the final weights, in ordinal name order.</summary>
    public string WeightsHash { get; init; } = "";

    /// <summary>The run's folder.</summary>
    public string Path { get; init; } = "";

    public DateTimeOffset Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>0 complete, 130 stopped, 1 failed; null while it runs, or where it was killed.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Threads of the tensor library.</summary>
    public int Threads { get; init; }

    /// <summary>A TorchScript program was let run, as the backbone of its network: code with the rights of the account; <see cref="TrainingPlan.WeightsSha256"/> of the plan says which.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CodeAllowed { get; init; }

    /// <summary>Library versions and CPU capability, which may change the bits of a result.</summary>
    public string Environment { get; init; } = "";
}

using System.Text.Json.Serialization;
using PSFineTune.Models;
using PSFineTune.Packaging.Signing;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>A trained model as one file, described for its user.</summary>
public sealed record ModelPackage
{
    /// <summary>The newest form of the description that this version reads; it writes it of adapters, which versions before cannot use.</summary>
    public const int NewestSchema = 2;

    /// <summary>The form of a package that has all of its weights.</summary>
    internal const int WholeSchema = 1;

    public int SchemaVersion { get; init; } = WholeSchema;

    /// <summary>The package's file, full path; empty where it is in no file yet.</summary>
    [JsonIgnore]
    public string Path { get; init; } = "";

    /// <summary>Name of the architecture.</summary>
    [JsonIgnore]
    public string Model => Plan.Model?.Name ?? "";

    /// <summary>It carries a program of somebody else, which runs only where code is allowed: the backbone of a TorchScriptBackbone.</summary>
    [JsonIgnore]
    public bool HoldsCode => Plan.Model is { HoldsCode: true };

    /// <summary>Ordinal order; output i of the model is class i.</summary>
    public IReadOnlyList<string> Classes { get; init => field = value.ToIndexable(); } = [];

    /// <summary>How pixels become the numbers that these weights were trained on; null for texts.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>What the model was trained by; of its files and folders only the last names, for a package goes to other machines.</summary>
    public TrainingPlan Plan { get; init; } = new();

    /// <summary>The run it came from.</summary>
    public string RunId { get; init; } = "";

    /// <summary>Of the run, one an epoch.</summary>
    public IReadOnlyList<EpochMetric> Epochs { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Best validation accuracy of any epoch, 0 to 1; NaN where there was no validation.</summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>What the logarithms of probabilities are divided by before they are shown (Guo et al. 2017), fitted by Export-FineTuneModel -Calibrate; above 0, and 1 where nothing was fitted.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>SHA-256 over name, dtype, shape and bytes of the tensors, in ordinal name order.</summary>
    public string WeightsHash { get; init; } = "";

    /// <summary>Columns of the label data that come back on each prediction; empty where there are none.</summary>
    public IReadOnlyList<string> LabelDataColumns { get; init => field = value.ToIndexable(); } = [];

    /// <summary>When the run finished, not when the file was written: the same run makes the same bytes again.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>After which it is not opened any more; null for no such time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The weights that it is added to, where it is an adapter; null for a package that has all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdaptedWeights? Base { get; init; }

    /// <summary>The file of <see cref="Base"/> that was found when it was opened, full path; empty where it has none or none was looked for.</summary>
    [JsonIgnore]
    public string BaseWeights { get; init; } = "";

    /// <summary>Who signed it, as it was judged when it was opened; null where it was not opened from a package.</summary>
    [JsonIgnore]
    public PackageSignature? Signature { get; init; }

    /// <summary>SHA-256 of the manifest, which holds the hashes of all parts: packages of one manifest are the same but for the signature. Empty where it was not opened from a package.</summary>
    [JsonIgnore]
    public string ManifestHash { get; init; } = "";

    /// <exception cref="FineTuneException">CodeNotAllowed, where it holds code.</exception>
    internal void RequireConsent()
    {
        if (HoldsCode) CodeConsent.Require(Path);
    }

    /// <summary>The description of what a run made.</summary>
    internal static ModelPackage Of(RunRecord run, Preprocessing? preprocessing) => new()
    {
        Classes = run.Classes,
        Preprocessing = preprocessing,
        Plan = run.Plan,
        RunId = run.Id,
        Epochs = run.Epochs,
        Accuracy = run.Accuracy,
        WeightsHash = run.WeightsHash,
        Created = run.Finished,
    };
}

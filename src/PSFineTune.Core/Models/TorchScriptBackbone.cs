using System.Text.Json.Serialization;
using PSFineTune.Data;
using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>A network of your own as a TorchScript file (torch.jit.save), given as weights: it makes features and stays as it is, and a linear output layer learns from them. A TorchScript file is code.</summary>
public sealed record TorchScriptBackbone : NetworkSpec
{
    internal const string PartName = "backbone.pt";

    const string Group = "backbone", HashName = $"{Group}.{Script.HashName}";

    /// <summary>Side of the square input, pixels.</summary>
    public int InputSize { get; init; } = 224;

    /// <summary>Numbers of features; found by a pass when the plan is made.</summary>
    public int FeatureCount { get; init; } = 512;

    [JsonIgnore]
    public override string Family => "TorchScript";

    [JsonIgnore]
    public override Preprocessing DefaultPreprocessing => new() { InputSize = InputSize };

    internal override bool HoldsCode => true;

    internal override void Validate()
    {
        PlanCheck.Require(InputSize is >= 8 and <= 4096, nameof(InputSize), InputSize, "8 to 4096");
        PlanCheck.Require(FeatureCount is >= 1 and <= 1_000_000, nameof(FeatureCount), FeatureCount, "1 to 1000000");
    }

    internal override IReadOnlyList<NodeGroup> Describe(int classes) => [new(Group, (Group, new Script(FeatureCount))), new("head", ("fc", new Linear(FeatureCount, classes)))];

    /// <exception cref="FineTuneException">WeightsNotFound, CodeNotAllowed, BadTorchScript.</exception>
    internal override PretrainedWeights ReadWeights(string path) => ReadWeights(path, null);

    /// <exception cref="FineTuneException">WeightsNotFound, CodeNotAllowed, WeightsChanged, BadTorchScript.</exception>
    internal override PretrainedWeights ReadWeights(string path, string? sha256)
    {
        if (!File.Exists(path)) throw Fault.WeightsNotFound(path);
        Validate();
        var script = ScriptBackbone.Load(PartSource.OfFile(path), path, sha256);
        return new(path, this with { FeatureCount = script.Count(InputSize) }, new Dictionary<string, StoredTensor> { [HashName] = HashOf(script) }, DefaultPreprocessing, true, script.Sha256) { Script = script };
    }

    internal override void Fill(Classifier network, PretrainedWeights weights, ModelParts parts, int seed)
    {
        base.Fill(network, weights, parts, seed);
        network.Backbone = weights.Script;
    }

    internal override ModelParts Learn(TrainingPlan plan, Dataset data, CancellationToken cancel) =>
        new([(PartName, "torchscript", PartSource.OfFile(plan.Weights ?? throw Fault.NoTorchScript()))]);

    private protected override void Complete(Classifier network, ModelParts parts, string source)
    {
        var file = parts.Find(PartName) ?? throw Fault.PartMissing(source, PartName);
        // Before it is loaded: another program has no business here.
        var trained = string.Concat(network.State[HashName].cpu().data<float>().Select(part => FormattableString.Invariant($"{(int)part:x2}")));
        if (file.Sha256() != trained) throw Fault.PartDamaged(source, PartName, "is another program than the weights were trained on");
        network.Backbone = ScriptBackbone.Load(file, source, trained);
    }

    static StoredTensor HashOf(ScriptBackbone script)
    {
        float[] bytes = [.. Convert.FromHexString(script.Sha256)];
        return new(HashName, StoredTensor.Single, [bytes.Length], System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(bytes).ToArray());
    }
}

using PSFineTune.Native;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>Where a run's first weights come from: a file, the module itself, or chance.</summary>
static class SourceNetwork
{
    /// <summary>Weights are carried for networks of this kind.</summary>
    public static bool HasEmbedded(NetworkSpec spec) => typeof(SourceNetwork).Assembly.GetManifestResourceInfo(ResourceOf(spec)) is not null;

    /// <summary>The plan with its weights checked against the architecture, its width taken from them, and their preprocessing.</summary>
    /// <exception cref="FineTuneException">The file cannot be read, or its names and shapes do not fit.</exception>
    public static TrainingPlan Describe(TrainingPlan plan, NetworkSpec spec, string? weights)
    {
        if (weights is null && spec.HoldsCode) throw Fault.NoTorchScript();
        if (weights is null) return plan with { Weights = null, WeightsSha256 = null, Preprocessing = spec.DefaultPreprocessing };
        if (weights != TrainingPlan.EmbeddedWeights) weights = WeightsFile.Find(weights);
        var read = Read(spec, weights);
        var tensors = read.Spec.Tensors(plan.Dataset?.Classes.Count ?? 1);
        if (read.Vectors is null && WeightsMatch.Problems(tensors, read.Tensors, tensors[^1].Group) is { Count: > 0 } problems) throw Fault.WeightsMismatch(weights, read.Spec.Name, problems);
        return read.Spec.Adopt(plan with { Model = read.Spec, Weights = weights, WeightsSha256 = read.Sha256, Preprocessing = read.Preprocessing, PreprocessingAssumed = read.IsAssumed }, read);
    }

    /// <summary>
    /// The tutorial's first three steps: the source network's weights, copied all but the output layer into a target
    /// network whose output layer is new, has the dataset's classes and is freshly initialised from the plan's seed.
    /// </summary>
    public static Classifier Target(NetworkSpec spec, TrainingPlan plan, int classes, ModelParts? parts = null)
    {
        if (plan.Lora is { } lora)
        {
            using var plain = Target(spec, plan with { Lora = null }, classes, parts);
            var adapted = new Classifier(spec.Describe(classes), plan.Seed, TorchDevice.Of(plan.Device), lora.For(spec));
            adapted.Adopt(plain);
            adapted.Backbone = plain.Backbone;
            return adapted;
        }
        var target = spec.Build(classes, plan.Seed, TorchDevice.Of(plan.Device));
        if (plan.Weights is not { } weights) return target;
        var read = Read(spec, weights, plan.WeightsSha256);
        if (plan.WeightsSha256 is { } then && then != read.Sha256) throw Fault.WeightsChanged(weights);
        spec.Fill(target, read, parts ?? ModelParts.None, plan.Seed);
        return target;
    }

    static PretrainedWeights Read(NetworkSpec spec, string weights, string? sha256 = null)
    {
        if (weights != TrainingPlan.EmbeddedWeights) return spec.ReadWeights(weights, sha256);
        using var carried = typeof(SourceNetwork).Assembly.GetManifestResourceStream(ResourceOf(spec))
            ?? throw Fault.BadPlanSetting("Weights", weights, $"a file: the module carries no weights for {spec.Name}");
        return PretrainedWeights.Read(carried, carried.Length, ResourceOf(spec), spec);
    }

    static string ResourceOf(NetworkSpec spec) => $"{spec.Name}.safetensors";
}

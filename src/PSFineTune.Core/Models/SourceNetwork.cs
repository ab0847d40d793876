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
        if (weights is null) return plan with { Weights = null, Preprocessing = spec.DefaultPreprocessing };
        var read = Read(spec, weights);
        var fitted = spec.FitTo(read.Tensors);
        read.CheckFit(fitted, plan.Dataset?.Classes.Count ?? 1);
        return plan with { Model = fitted, Weights = weights, Preprocessing = read.Preprocessing, PreprocessingAssumed = read.Assumed };
    }

    /// <summary>
    /// The tutorial's first three steps: the source network's weights, copied all but the output layer into a target
    /// network whose output layer is new, has the dataset's classes and is freshly initialised from the plan's seed.
    /// </summary>
    public static Classifier Target(NetworkSpec spec, TrainingPlan plan, int classes)
    {
        var target = spec.Build(classes, plan.Seed);
        if (plan.Weights is { } weights) target.Load(Read(spec, weights), keepHead: true);
        return target;
    }

    static PretrainedWeights Read(NetworkSpec spec, string weights) => weights == TrainingPlan.EmbeddedWeights
        ? PretrainedWeights.Read(typeof(SourceNetwork).Assembly.GetManifestResourceStream(ResourceOf(spec))
            ?? throw Fault.BadPlanSetting("Weights", weights, $"a file: the module carries no weights for {spec.Name}"), $"the module's {spec.Name}", spec)
        : PretrainedWeights.Read(weights, spec);

    static string ResourceOf(NetworkSpec spec) => $"{spec.Name}.safetensors";
}

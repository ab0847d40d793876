using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Losses;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Schedules;
using PSFineTune.Text;
using PSFineTune.Training.Averages;
using PSFineTune.Training.ClassWeights;
using PSFineTune.Training.Samplers;

namespace PSFineTune.Training;

/// <summary>What a user sets of a plan, by the names of the cmdlets' parameters; null leaves what the recipe or the plan has.</summary>
public sealed record PlanSettings
{
    /// <summary>The architecture, by name as Get-ModelArchitecture lists it.</summary>
    public ModelSpec? Model { get; init; }

    /// <summary>A file of pretrained weights, Embedded for those the module carries, or Random; null for the embedded ones where there are any.</summary>
    [SettingsPath(OrWord = true)]
    public string? Weights { get; init; }

    /// <summary>Where settings come from that are not given; null for the model's own.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>Rules of single layers, behind those of the recipe: the last that matches wins.</summary>
    public IReadOnlyList<LayerRule> Layers { get; init => field = value.ToIndexable(); } = [];

    /// <summary>How training images are varied: ops, a preset's name, or a file of Export-AugmentPipeline.</summary>
    public AugmentPipeline? Augment { get; init; }

    /// <summary>How texts become what the model learns from: settings, or a file of Export-TextPipeline.</summary>
    public TextPipeline? TextPipeline { get; init; }

    public OptimizerSpec? Optimizer { get; init; }

    public ScheduleSpec? Schedule { get; init; }

    public LossSpec? Loss { get; init; }

    /// <summary>Step size of the optimizer, above 0.</summary>
    public double? LearningRate { get; init; }

    /// <summary>PyTorch's weight_decay, 0 or above.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Of Sgd, RMSprop or Lars, 0 to below 1.</summary>
    public double? Momentum { get; init; }

    /// <summary>Length that the gradients of a step are shortened to, above 0.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Low-rank adaptation of a transformer or ConvNeXt.</summary>
    public Lora? Lora { get; init; }

    /// <summary>Augmented views of each sample for which frozen layers are computed once; 0 computes them in every epoch.</summary>
    public int? CachedViews { get; init; }

    /// <summary>The output layer begins as the linear probe with this L2 penalty, such as 0.01.</summary>
    public double? ProbePenalty { get; init; }

    /// <summary>Batch norm stays as it was pretrained.</summary>
    public bool? FrozenBatchNorm { get; init; }

    /// <summary>Which weights of the run are its model: Best or Last.</summary>
    public ModelChoice? Keep { get; init; }

    /// <summary>Parts that a batch is computed in, 1 or above.</summary>
    public int? Accumulation { get; init; }

    public SamplerSpec? Sampler { get; init; }

    public ClassWeightSpec? ClassWeight { get; init; }

    public WeightAverage? Average { get; init; }

    /// <summary>Epochs without a better validation accuracy after which the run ends; 0 for never.</summary>
    public int? Patience { get; init; }

    /// <summary>Passes over the training samples, 1 or above.</summary>
    public int? Epochs { get; init; }

    /// <summary>Samples a step, 1 or above.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Decides the order, the augmentation and the new layer's first weights.</summary>
    public int? Seed { get; init; }

    /// <summary>Side of the square input, pixels.</summary>
    public int? ImageSize { get; init; }

    /// <summary>Side of the training images in the first epoch, pixels.</summary>
    public int? StartImageSize { get; init; }

    /// <summary>cpu or cuda[:n].</summary>
    public string? Device { get; init; }

    public Precision? Precision { get; init; }

    /// <summary>Of the tensor library; 0 for one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>Most bytes of decoded images kept in the workspace; 0 for none.</summary>
    public long? CacheSize { get; init; }

    /// <summary>A plan for data from the recipe, with what is set on top.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting, NoSuchLayer; the weights cannot be read or do not fit.</exception>
    internal TrainingPlan For(Dataset data) => Apply(PlanStart.For(Model!, data, Weights, Recipe), data) is var plan && Layers.Count == 0 ? plan : plan.WithLayers(Layers);

    /// <summary>A plan with what is set.</summary>
    /// <param name="plan">Left as it is.</param>
    /// <param name="data">Whose texts tell how all are taken apart, before the plan has a hash; null to leave the pipeline as it is given.</param>
    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal TrainingPlan Apply(TrainingPlan plan, Dataset? data) => (plan with
    {
        Augment = Augment ?? plan.Augment,
        TextPipeline = (data is null ? TextPipeline : TextPipeline?.For(data)) ?? plan.TextPipeline,
        Optimizer = WithRates(Optimizer ?? plan.Optimizer),
        Schedule = Schedule ?? plan.Schedule,
        Loss = Loss ?? plan.Loss,
        ClipNorm = ClipNorm ?? plan.ClipNorm,
        Lora = (Lora ?? plan.Lora)?.For(plan.Model),
        CachedViews = CachedViews ?? plan.CachedViews,
        ProbePenalty = ProbePenalty ?? plan.ProbePenalty,
        Keep = Keep ?? plan.Keep,
        FrozenBatchNorm = FrozenBatchNorm ?? plan.FrozenBatchNorm,
        Accumulation = Accumulation ?? plan.Accumulation,
        Sampler = Sampler ?? plan.Sampler,
        ClassWeight = ClassWeight ?? plan.ClassWeight,
        Layers = LayersOf(plan),
        // A recipe's average gives way to the adaptation that was asked for.
        Average = Average ?? ((Lora ?? plan.Lora) is null ? plan.Average : null),
        Patience = Patience ?? plan.Patience,
        Epochs = Epochs ?? plan.Epochs,
        BatchSize = BatchSize ?? plan.BatchSize,
        Seed = Seed ?? plan.Seed,
        StartImageSize = StartImageSize ?? plan.StartImageSize,
        Device = Device ?? plan.Device,
        Precision = Precision ?? plan.Precision,
        Threads = Threads ?? plan.Threads,
        CacheSize = CacheSize ?? plan.CacheSize,
        Preprocessing = ImageSize is { } side ? (plan.Preprocessing ?? throw Fault.BadPlanSetting(nameof(ImageSize), side, "left out: the model is not one of images")) with { InputSize = side } : plan.Preprocessing,
    }).Checked();

    /// <summary>What of a plan is left out for what is set, although the user had asked for it; null for nothing.</summary>
    internal string? LeftOut(TrainingPlan plan) => Lora is not null && Average is null && plan.Average is { } average && average != Recipes.Recipe.Alone(plan).Average
        ? $"The plan's average of weights ({average.GetType().Name}) is left out: it does not go with low-rank adaptation." : null;

    // Narrow matrices begin as nothing in every group: what a recipe slows down so that weights keep what they know would leave the lower ones still.
    IReadOnlyList<LayerRule> LayersOf(TrainingPlan plan) => Lora is null || plan.Layers.Count == 0 ? plan.Layers
        : Recipes.Recipe.Alone(plan).Layers is var own ? [.. plan.Layers.Where(rule => rule.Factor is not < 1 || !own.Contains(rule))] : [];

    OptimizerSpec WithRates(OptimizerSpec optimizer)
    {
        optimizer = optimizer with { LearningRate = LearningRate ?? optimizer.LearningRate, WeightDecay = WeightDecay ?? optimizer.WeightDecay };
        return Momentum is { } momentum ? optimizer.WithMomentum(momentum) : optimizer;
    }
}

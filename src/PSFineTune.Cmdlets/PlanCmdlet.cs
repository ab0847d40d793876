using System.Management.Automation;
using PSFineTune.Augment;
using PSFineTune.Losses;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Schedules;
using PSFineTune.Text;
using PSFineTune.Training;
using PSFineTune.Training.Averages;
using PSFineTune.Training.ClassWeights;
using PSFineTune.Training.Samplers;

namespace PSFineTune.Cmdlets;

/// <summary>The settings of a plan as parameters, by one name for every cmdlet that takes them.</summary>
public abstract class PlanCmdlet : DatasetCmdlet
{
    /// <summary>The architecture, by name as Get-ModelArchitecture lists it, or as @{ Name = @{ Setting = value } }.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FromDataset)]
    [ToCatalogItem<ModelSpec>, ArgumentCompleter(typeof(CatalogNames<ModelSpec>))]
    public ModelSpec Model { get; set; } = null!;

    /// <summary>Pretrained weights: a safetensors file, a PyTorch file (.pth, .pt, .bin; read as data, never run), the index.json of either in shards or the folder they are in; Embedded for those the module carries, Published for those that Save-PretrainedModel has saved, or the name of one of them, or Random; for TextCnn and BiLstm a file of word vectors, for TorchScriptBackbone a TorchScript file; or what Save-PretrainedModel or ConvertTo-Safetensors says of a file with -PassThru. Without it the embedded ones are used where the architecture has them.</summary>
    [Parameter(ParameterSetName = FromDataset), ToWeightsPath]
    public string? Weights { get; set; }

    /// <summary>Where settings come from that are not given; without it Recommended, for a network of texts the one made for its kind: Recommended (the output layer first, then all layers, the best epoch is kept), Fast (minutes on a CPU: lower layers computed once, a linear probe, then the upper layers), Tutorial (all layers learn, the new output layer ten times as fast) HeadOnly (only the new output layer learns), TransformerTuning (a pretrained encoder of texts at 5e-5 for three epochs) or WordTuning (a small network on vectors of words).</summary>
    [Parameter(ParameterSetName = FromDataset)]
    [ToCatalogItem<Recipe>, ArgumentCompleter(typeof(CatalogNames<Recipe>))]
    public Recipe? Recipe { get; set; }

    /// <summary>How training images are varied, from New-AugmentPipeline, or a file of Export-AugmentPipeline.</summary>
    [Parameter, ToAugmentPipeline]
    public AugmentPipeline? Augment { get; set; }

    /// <summary>How texts become what the model learns from, from New-TextPipeline, or a file of Export-TextPipeline; each text model has one of its own without it.</summary>
    [Parameter, ToTextPipeline]
    public TextPipeline? TextPipeline { get; set; }

    /// <summary>Sgd, Adam, AdamW, RMSprop, Lamb or Lars, by name or as @{ Name = @{ Setting = value } }.</summary>
    [Parameter, ToCatalogItem<OptimizerSpec>, ArgumentCompleter(typeof(CatalogNames<OptimizerSpec>))]
    public OptimizerSpec? Optimizer { get; set; }

    /// <summary>How the learning rate changes over the run, by name or as @{ Name = @{ Setting = value } }: Constant, Cosine, CosineWarmRestarts, Exponential, LinearWarmup, MultiStep, OneCycle, Polynomial, ReduceOnPlateau or Step.</summary>
    [Parameter, ToCatalogItem<ScheduleSpec>, ArgumentCompleter(typeof(CatalogNames<ScheduleSpec>))]
    public ScheduleSpec? Schedule { get; set; }

    /// <summary>What training makes small: CrossEntropy, of which @{ CrossEntropy = @{ LabelSmoothing = 0.1 } } is sure of no label, or Focal.</summary>
    [Parameter, ToCatalogItem<LossSpec>, ArgumentCompleter(typeof(CatalogNames<LossSpec>))]
    public LossSpec? Loss { get; set; }

    /// <summary>Step size of the optimizer, above 0; layer factors multiply it.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>PyTorch's weight_decay, 0 or above.</summary>
    [Parameter]
    public double? WeightDecay { get; set; }

    /// <summary>Momentum of Sgd, RMSprop or Lars, 0 to below 1.</summary>
    [Parameter]
    public double? Momentum { get; set; }

    /// <summary>Length that the gradients of a step are shortened to where they are longer, above 0; without it they are left as they are.</summary>
    [Parameter]
    public double? ClipNorm { get; set; }

    /// <summary>Low-rank adaptation of a transformer or ConvNeXt, as @{ Rank = 8 } or @{ Rank = 8; Alpha = 16; Target = 'query', 'value' }: the weights stay, narrow matrices beside those of the named layers learn, and what is kept is their sum; Export-FineTuneModel -AdapterOnly keeps the matrices alone. Without Target the layers that are usual for the model.</summary>
    [Parameter, ToSettings<Lora>]
    public Lora? Lora { get; set; }

    /// <summary>Augmented views of each sample for which the frozen layers are computed once and kept in the workspace; 0 computes them in every epoch.</summary>
    [Parameter]
    public int? CachedViews { get; set; }

    /// <summary>The new output layer begins as the converged linear probe on the pretrained features, with this L2 penalty, such as 0.01, and not from noise.</summary>
    [Parameter]
    public double? ProbePenalty { get; set; }

    /// <summary>Batch norm stays as it was pretrained, in layers that learn too.</summary>
    [Parameter]
    public SwitchParameter FrozenBatchNorm { get; set; }

    /// <summary>Which weights of the run are its model: Best or Last.</summary>
    [Parameter]
    public ModelChoice? Keep { get; set; }

    /// <summary>Parts that a batch is computed in, where memory is short: the same step but for batch norm, which sees a part.</summary>
    [Parameter]
    public int? Accumulation { get; set; }

    /// <summary>Shuffled, every sample once an epoch, or Balanced, every class as often as every other.</summary>
    [Parameter, ToCatalogItem<SamplerSpec>, ArgumentCompleter(typeof(CatalogNames<SamplerSpec>))]
    public SamplerSpec? Sampler { get; set; }

    /// <summary>How much a sample of each class counts in the loss: Balanced, EffectiveNumber, or a hashtable of class names and weights.</summary>
    [Parameter, ToClassWeight, ArgumentCompleter(typeof(CatalogNames<ClassWeightSpec>))]
    public ClassWeightSpec? ClassWeight { get; set; }

    /// <summary>A second set of weights that follows the trained ones and is judged and kept in their place: Ema or Swa.</summary>
    [Parameter, ToCatalogItem<WeightAverage>, ArgumentCompleter(typeof(CatalogNames<WeightAverage>))]
    public WeightAverage? Average { get; set; }

    /// <summary>Epochs without a better validation accuracy after which the run ends; 0 for never.</summary>
    [Parameter]
    public int? Patience { get; set; }

    /// <summary>Passes over the training samples.</summary>
    [Parameter]
    public int? Epochs { get; set; }

    /// <summary>Samples a step.</summary>
    [Parameter]
    public int? BatchSize { get; set; }

    /// <summary>Decides the order, the augmentation and the new layer's first weights.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Side of the square input in pixels; the weights' own without it.</summary>
    [Parameter]
    public int? ImageSize { get; set; }

    /// <summary>Side of the training images in the first epoch, in pixels; they grow to the full size by the last, which saves time while the network learns what is coarse.</summary>
    [Parameter]
    public int? StartImageSize { get; set; }

    /// <summary>What computes: cpu, or cuda[:n] for an NVIDIA GPU, which needs a build of the module with CUDA. A plan may be made where there is none.</summary>
    [Parameter, ArgumentCompleter(typeof(DeviceNames))]
    public string? Device { get; set; }

    /// <summary>What convolutions and linear layers of a training step are computed in: Float32, or BFloat16, which is faster where the processor or GPU has instructions for it, and slower elsewhere: it is tried when a run begins. Weights, loss, evaluation and predictions are float32.</summary>
    [Parameter]
    public Precision? Precision { get; set; }

    /// <summary>Threads of the tensor library; 0 for one a core.</summary>
    [Parameter]
    public int? Threads { get; set; }

    /// <summary>Most bytes of decoded images kept in the workspace between epochs and runs, such as 4GB; 0, the default, decodes in every epoch.</summary>
    [Parameter]
    public long? CacheSize { get; set; }

    /// <summary>Let the TorchScript program run that is the backbone of a TorchScriptBackbone: code with the rights of this account. Without it it is refused.</summary>
    [Parameter]
    public SwitchParameter AllowCode { get; set; }

    private protected override bool AllowsCode => AllowCode;

    /// <summary>A plan from the recipe, with what was set explicitly on top.</summary>
    private protected TrainingPlan NewPlan() => Settings().For(Kept());

    /// <summary>The plan with every setting that was given.</summary>
    private protected TrainingPlan WithSettings(TrainingPlan plan)
    {
        var settings = Settings();
        if (settings.LeftOut(plan) is { } note) WriteWarning(note);
        return settings.Apply(plan with { Dataset = KeptOf(plan.Dataset) }, data: null);
    }

    PlanSettings Settings() => new()
    {
        Model = Model, Weights = ResolvedWeights(), Recipe = Recipe, Augment = Augment, TextPipeline = TextPipeline, Optimizer = Optimizer, Schedule = Schedule, Loss = Loss,
        LearningRate = LearningRate, WeightDecay = WeightDecay, Momentum = Momentum, ClipNorm = ClipNorm, Lora = Lora, CachedViews = CachedViews, ProbePenalty = ProbePenalty,
        FrozenBatchNorm = FrozenBatchNorm.IsPresent ? FrozenBatchNorm.ToBool() : null, Keep = Keep, Accumulation = Accumulation, Sampler = Sampler, ClassWeight = ClassWeight,
        Average = Average, Patience = Patience, Epochs = Epochs, BatchSize = BatchSize, Seed = Seed, ImageSize = ImageSize, StartImageSize = StartImageSize,
        Device = Device, Precision = Precision, Threads = Threads, CacheSize = CacheSize,
    };

    string? ResolvedWeights() => Weights is null || PlanStart.IsWord(Weights) ? Weights : GetUnresolvedProviderPathFromPSPath(Weights);
}

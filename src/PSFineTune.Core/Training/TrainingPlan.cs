using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Losses;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Schedules;
using PSFineTune.Text;
using PSFineTune.Training.Averages;
using PSFineTune.Training.ClassWeights;
using PSFineTune.Training.Samplers;

namespace PSFineTune.Training;

/// <summary>Everything that decides how a run goes, as data.</summary>
public sealed record TrainingPlan
{
    public ModelSpec? Model { get; init; }

    /// <summary>A safetensors or PyTorch file, or the index of one in shards, full path; <see cref="EmbeddedWeights"/> for those in the module; null for random weights.</summary>
    public string? Weights { get; init; }

    /// <summary>The value of <see cref="Weights"/> that means the weights carried by the module.</summary>
    public const string EmbeddedWeights = "embedded";

    /// <summary>SHA-256 of the weights file as it was when the plan was made, lower-case hexadecimal; null for random weights.</summary>
    public string? WeightsSha256 { get; init; }

    public DatasetReference? Dataset { get; init; }

    public AugmentPipeline Augment { get; init; } = new();

    /// <summary>How texts become what the model learns from; null for images.</summary>
    public TextPipeline? TextPipeline { get; init; }

    /// <summary>Comes with the weights; null until they are read.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>The weights did not say how their network wants pixels, so the architecture's usual preprocessing is assumed.</summary>
    public bool PreprocessingAssumed { get; init; }

    /// <summary>Name of the recipe that the settings came from.</summary>
    public string Recipe { get; init; } = "Tutorial";

    /// <summary>In order; the last that matches a parameter wins.</summary>
    public IReadOnlyList<LayerRule> Layers { get; init => field = value.ToIndexable(); } = [];

    public OptimizerSpec Optimizer { get; init; } = new Sgd();

    public ScheduleSpec Schedule { get; init; } = new Constant();

    public LossSpec Loss { get; init; } = new CrossEntropy();

    /// <summary>Low-rank adaptation: weights but the head's stay, and narrow matrices beside some of them learn; null for none.</summary>
    public Lora? Lora { get; init; }

    /// <summary>Augmented views of each sample for which the layers that stay frozen are computed once and kept in the workspace; epochs take turns with them. 0 computes them in every epoch, with new views.</summary>
    public int CachedViews { get; init; }

    /// <summary>The new output layer begins as the converged linear probe on the features of the pretrained layers, with this L2 penalty; null for from noise.</summary>
    public double? ProbePenalty { get; init; }

    /// <summary>Batch norm stays as it was pretrained in every layer, statistics, weight and bias: steadier where batches are small or training is short.</summary>
    public bool FrozenBatchNorm { get; init; }

    /// <summary>Side of the training images in the first epoch, pixels: they grow evenly to the weights' own size, which the last epoch and validation have; null for that size throughout.</summary>
    public int? StartImageSize { get; init; }

    /// <summary>Parts that a batch is computed in, 1 for all at once: less memory for the same step, but for batch norm, which sees a part.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>Which samples an epoch trains on, and in what order.</summary>
    public SamplerSpec Sampler { get; init; } = new Shuffled();

    /// <summary>How much a sample of each class counts in the loss; null for all the same.</summary>
    public ClassWeightSpec? ClassWeight { get; init; }

    /// <summary>Weights that follow the trained ones and are judged and kept in their place; null for none.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>Epochs without a better validation accuracy after which the run ends; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>Which weights of the run are its model.</summary>
    public ModelChoice Keep { get; init; }

    /// <summary>Gradients of a step that are together longer than this are shortened to it, as by torch.nn.utils.clip_grad_norm_; above 0, null for never.</summary>
    public double? ClipNorm { get; init; }

    public int Epochs { get; init; } = 5;

    public int BatchSize { get; init; } = 32;

    public int Seed { get; init; } = 42;

    /// <summary>What computes: cpu or cuda[:n]. The plan may be made where there is no such device, but not run.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>What the convolutions and linear layers of a step are computed in; weights, loss and every evaluation are float32.</summary>
    public Precision Precision { get; init; }

    /// <summary>Threads of the tensor library; 0 for one a core. They change the bits of a result, so the run record holds the count used.</summary>
    public int Threads { get; init; }

    /// <summary>Most bytes of decoded images kept on disk between epochs; 0 for none. Large photos are then decoded whole, so that the pixels of a shrunk one may differ by a level.</summary>
    public long CacheSize { get; init; }

    /// <summary>The same without the folders of this machine: what a file that leaves it may say.</summary>
    internal TrainingPlan WithoutFolders() => this with { Weights = Path.GetFileName(Weights), Dataset = Dataset?.WithoutFolders(), TextPipeline = TextPipeline?.WithoutFolders() };
}

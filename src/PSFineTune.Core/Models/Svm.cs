using System.Text.Json.Serialization;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Svm;
using PSFineTune.Text.Terms;
using PSFineTune.Text.Tokens;
using PSFineTune.Text.Weighting;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>
/// Support vector machines with a kernel on the terms of texts, one for each pair of classes, which vote: LIBSVM's C-SVC
/// (Chang and Lin 2011). For some thousand texts; LinearSvm is faster and often better.
/// </summary>
public sealed record Svm : TermModelSpec
{
    [JsonIgnore]
    public override string Family => nameof(Svm);

    /// <summary>How alike two texts are: LinearKernel, RbfKernel or PolynomialKernel.</summary>
    public SvmKernel Kernel { get; init; } = new LinearKernel();

    /// <summary>What a violated margin costs, above 0.</summary>
    public double C { get; init; } = 1;

    /// <summary>How far from its optimum a machine may end, above 0; LIBSVM's eps.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Memory for rows of the kernel, bytes.</summary>
    public long CacheSize { get; init; } = 100 << 20;

    /// <summary>Probabilities by five-fold cross validation and pairwise coupling, as svm-train -b 1: five times the time. Without it the votes are scaled on the validation split.</summary>
    public bool Probability { get; init; }

    internal override TextPipeline? DefaultTextPipeline => new() { Tokens = new AutoTokens(), MinDocuments = 2, Weighting = new Binary() };

    // As many vectors as the machine keeps, which only the texts tell.
    internal override IReadOnlyList<TensorSpec> Tensors(int classes) => [new("coefficients", "head", [Math.Max(1, classes - 1), 0], TensorRole.Parameter), new("thresholds", "head", [classes * (classes - 1) / 2], TensorRole.Parameter)];

    internal override void Validate()
    {
        PlanCheck.Require(C is > 0 and < double.PositiveInfinity, nameof(C), C, "a number above 0");
        PlanCheck.Require(Tolerance is > 0 and < 1, nameof(Tolerance), Tolerance, "above 0 and below 1");
        PlanCheck.Require(CacheSize >= 0, nameof(CacheSize), CacheSize, "0 or above, in bytes");
        Kernel.Validate();
    }

    internal override TermClassifier Fit(SparseRows rows, int[] labels, double[] weights, TrainingPlan plan, Action<string> say, CancellationToken cancel)
    {
        var settings = new SvmSettings { Kernel = Kernel, Cost = C, ClassWeights = weights, Tolerance = Tolerance, CacheSize = CacheSize, Probability = Probability, Seed = plan.Seed, Threads = plan.Threads };
        return new KernelTerms(new OneVersusOne(rows, labels, settings).Train(cancel), weights.Length);
    }

    internal override TermClassifier Load(IReadOnlyDictionary<string, StoredTensor> tensors, int classes, string source) => KernelTerms.Load(Kernel, tensors, classes, source, Name);
}

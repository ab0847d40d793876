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
/// Linear support vector machines on the terms of texts, each class against the rest, with squared hinge loss and L2 penalty
/// (LIBLINEAR's solver 1, scikit-learn's LinearSVC): seconds to train, and the terms say why.
/// </summary>
public sealed record LinearSvm : TermModelSpec
{
    [JsonIgnore]
    public override string Family => nameof(Svm);

    /// <summary>Weight of the loss against the penalty, above 0.</summary>
    public double C { get; init; } = 1;

    /// <summary>How far from its optimum a machine may end, above 0.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Most passes over the texts.</summary>
    public int MaxPasses { get; init; } = 1000;

    internal override TextPipeline? DefaultTextPipeline => new() { Tokens = new AutoTokens(), MaxNGram = 2, MinDocuments = 2, Weighting = new TfIdf { Sublinear = true } };

    // As wide as the texts have terms, which only they tell.
    internal override IReadOnlyList<TensorSpec> Tensors(int classes) => [new("weight", "head", [classes, 0], TensorRole.Parameter), new("bias", "head", [classes], TensorRole.Parameter)];

    internal override void Validate()
    {
        PlanCheck.Require(C is > 0 and < double.PositiveInfinity, nameof(C), C, "a number above 0");
        PlanCheck.Require(Tolerance is > 0 and < 1, nameof(Tolerance), Tolerance, "above 0 and below 1");
        PlanCheck.Require(MaxPasses >= 1, nameof(MaxPasses), MaxPasses, "1 or above");
    }

    internal override TermClassifier Fit(SparseRows rows, int[] labels, double[] weights, TrainingPlan plan, Action<string> say, CancellationToken cancel)
    {
        var settings = new LinearSettings { Cost = C, ClassWeights = weights, Tolerance = Tolerance, Passes = MaxPasses, Seed = plan.Seed, Threads = plan.Threads };
        var machine = new OneVersusRest(rows, labels, settings).Train(cancel);
        if (!machine.Converged) say($"After {MaxPasses} passes a machine was still further from its optimum than the tolerance of {Tolerance}: raise MaxPasses, or lower C.");
        return LinearTerms.Of(machine, weights.Length);
    }

    internal override TermClassifier Load(IReadOnlyDictionary<string, StoredTensor> tensors, int classes, string source) => LinearTerms.Load(tensors, classes, source, Name);
}

using PSFineTune.Training;

namespace PSFineTune.Text.Svm;

/// <summary>How a machine with a kernel learns.</summary>
sealed record SvmSettings
{
    /// <summary>How alike two samples are.</summary>
    public SvmKernel Kernel { get; init; } = new LinearKernel();

    /// <summary>What a violated margin costs, above 0; LIBSVM's C.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>Factors of the cost by label, each above 0, as if each sample were there so many times; null for 1.</summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Largest violation of the conditions of optimality at which it ends.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Memory for rows of the kernel, of all threads together. Bytes.</summary>
    public long CacheSize { get; init; } = 100L << 20;

    /// <summary>Fits sigmoids by cross validation, which costs about five times the time.</summary>
    public bool Probability { get; init; }

    /// <summary>Of the folds of the cross validation.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>0 for one a core. The machine is the same with any number.</summary>
    public int Threads { get; init; }

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    public void Validate(IReadOnlyCollection<int> labels)
    {
        PlanCheck.Require(Cost is > 0 and < double.PositiveInfinity, nameof(Cost), Cost, "a number above 0");
        PlanCheck.Require(Tolerance is > 0 and < 1, nameof(Tolerance), Tolerance, "above 0 to below 1");
        PlanCheck.Require(CacheSize >= 0, nameof(CacheSize), CacheSize, "0 or above, in bytes");
        PlanCheck.Require(Threads is >= 0 and <= 1024, nameof(Threads), Threads, "0 (one a core) to 1024");
        CheckWeights(ClassWeights, labels);
        Kernel.Validate();
    }

    /// <summary>Weights must be there for every label.</summary>
    internal static void CheckWeights(IReadOnlyList<double>? weights, IReadOnlyCollection<int> labels)
    {
        if (weights is null) return;
        PlanCheck.Require(labels.Count == 0 || (labels.Min() >= 0 && labels.Max() < weights.Count), "Count of class weights", weights.Count, "one for each class");
        foreach (var weight in weights) PlanCheck.Require(weight is > 0 and < double.PositiveInfinity, "Class weight", weight, "a number above 0");
    }
}

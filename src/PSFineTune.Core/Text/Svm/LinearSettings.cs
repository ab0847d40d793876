using PSFineTune.Training;

namespace PSFineTune.Text.Svm;

/// <summary>How a linear machine learns; defaults are those of scikit-learn's LinearSVC.</summary>
sealed record LinearSettings
{
    /// <summary>What a violated margin costs, above 0.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>Factors of the cost by label, each above 0, as if each sample were there so many times; null for 1.</summary>
    /// <remarks>LIBLINEAR weighs, where there are more than two classes, the class that is told from the rest alone.</remarks>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Largest violation of the conditions of optimality at which it ends.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Most passes over the samples.</summary>
    public int Passes { get; init; } = 1000;

    /// <summary>Fits sigmoids by cross validation, which costs about three times the time.</summary>
    public bool Probability { get; init; }

    /// <summary>Of the order of the samples, and of the folds.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>0 for one a core. The machine is the same with any number.</summary>
    public int Threads { get; init; }

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    public void Validate(IReadOnlyCollection<int> labels)
    {
        PlanCheck.Require(Cost is > 0 and < double.PositiveInfinity, nameof(Cost), Cost, "a number above 0");
        PlanCheck.Require(Tolerance is > 0 and < 1, nameof(Tolerance), Tolerance, "above 0 to below 1");
        PlanCheck.Require(Passes >= 1, nameof(Passes), Passes, "1 or above");
        PlanCheck.Require(Threads is >= 0 and <= 1024, nameof(Threads), Threads, "0 (one a core) to 1024");
        SvmSettings.CheckWeights(ClassWeights, labels);
    }
}

using PSFineTune.Models;

namespace PSFineTune.Training;

/// <summary>Whether what a batch is computed in leaves every batch norm that learns more than one value a channel, which is all that one sample gives of a map of 1 x 1.</summary>
static class NormCheck
{
    /// <exception cref="FineTuneException">OneValuePerChannel.</exception>
    public static void Refuse(TrainingPlan plan)
    {
        if (!ComputesSingly(plan) || plan.Preprocessing is null || plan.Model is not NetworkSpec network) return;
        var parameters = network.Tensors(classes: 2).Where(tensor => tensor.IsNorm).ToDictionary(tensor => tensor.Name);
        if (parameters.Count == 0) return;
        var (sides, single) = (ProgressiveSize.Of(plan, plan.Epochs), new Dictionary<int, IReadOnlyList<string>>());
        for (var epoch = 1; epoch <= plan.Epochs; epoch++)
        {
            var side = sides[epoch - 1];
            if (!single.TryGetValue(side, out var norms)) single.Add(side, norms = [.. network.Norms(side).Where(norm => norm.Side == 1).Select(norm => norm.Weight)]);
            if (norms.FirstOrDefault(norm => LearnsIn(plan, parameters[norm], epoch)) is { } first) throw Fault.OneValueToNormalise(first, plan.BatchSize, plan.Accumulation, side);
        }
    }

    /// <summary>Whether a plan asks for samples to be computed one by one.</summary>
    public static bool ComputesSingly(TrainingPlan plan) => plan.BatchSize / plan.Accumulation < 2;

    /// <summary>Whether a batch norm follows the batch.</summary>
    /// <param name="plan">Of the run.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="epoch">From 1.</param>
    public static bool LearnsIn(TrainingPlan plan, TensorSpec weight, int epoch) => LayerPaces.Of(plan, weight, epoch) is { Frozen: false } or { TrainBatchNorm: true };
}

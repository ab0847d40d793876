using PSFineTune.Models;

namespace PSFineTune.Training.Frozen;

/// <summary>The first layer groups of a network that no epoch of a plan changes: what they make of a sample is always the same.</summary>
static class FrozenPrefix
{
    /// <summary>How many groups; the head is never one of them, and a frozen group whose batch norm follows the batch neither.</summary>
    public static int Of(TrainingPlan plan, IReadOnlyList<TensorSpec> tensors)
    {
        var groups = tensors.GroupBy(tensor => tensor.Group).ToList();
        return groups.Take(groups.Count - 1).TakeWhile(group => group.All(tensor => IsStill(plan, tensor))).Count();
    }

    /// <summary>How many of them a run of the plan computes once and keeps; 0 where it is not to.</summary>
    public static int Cached(TrainingPlan plan, IReadOnlyList<TensorSpec> tensors) => plan.CachedViews > 0 ? Of(plan, tensors) : 0;

    static bool IsStill(TrainingPlan plan, TensorSpec tensor) => tensor.Role != TensorRole.Parameter
        || Enumerable.Range(1, plan.Epochs).Select(epoch => LayerPaces.Of(plan, tensor, epoch)).All(pace => pace is { Frozen: true, TrainBatchNorm: false });
}

using PSFineTune.Models;

namespace PSFineTune.Training;

/// <summary>How one parameter learns in one epoch.</summary>
/// <param name="LearningRate">0 where frozen.</param>
/// <param name="TrainBatchNorm">A frozen batch norm that still updates its statistics.</param>
readonly record struct Pace(double LearningRate, bool TrainBatchNorm)
{
    public bool Frozen => LearningRate == 0;
}

/// <summary>A plan's layer rules applied to a model's tensors.</summary>
static class LayerPaces
{
    /// <summary>The pace of a parameter: that of the last rule in force that matches its group or name, else the plan's own.</summary>
    public static Pace Of(TrainingPlan plan, TensorSpec parameter, int epoch)
    {
        if (plan.Lora is not null && Lora.Freezes(parameter)) return new(0, false);
        if (plan.FrozenBatchNorm && parameter.IsNorm) return new(0, false);
        var rule = plan.Layers.LastOrDefault(rule => epoch >= rule.FromEpoch && epoch <= (rule.ToEpoch ?? int.MaxValue) && Matches(rule.Pattern, parameter));
        var rate = plan.Optimizer.LearningRate;
        return rule is null ? new(rate, false)
            : rule.Frozen ? new(0, rule.TrainBatchNorm)
            : new(rule.LearningRate ?? rate * (rule.Factor ?? 1), false);
    }

    /// <summary>Refuses patterns that match nothing: a typing error must not silently train everything.</summary>
    /// <exception cref="FineTuneException">NoSuchLayer.</exception>
    public static void Check(IEnumerable<string> patterns, IReadOnlyList<TensorSpec> tensors)
    {
        foreach (var pattern in patterns.Where(pattern => !tensors.Any(tensor => tensor.Role == TensorRole.Parameter && Matches(pattern, tensor))))
            throw Fault.NoSuchLayer(pattern, tensors.Select(tensor => tensor.Group).Distinct());
    }

    public static IEnumerable<ModelLayer> Rows(TrainingPlan plan, IEnumerable<TensorSpec> tensors) =>
        from tensor in tensors
        where tensor.Role == TensorRole.Parameter
        let pace = Of(plan, tensor, epoch: 1)
        select new ModelLayer
        {
            Group = tensor.Group,
            Name = tensor.Name,
            Shape = string.Join('x', tensor.Shape),
            Parameters = tensor.Elements,
            Trainable = !pace.Frozen,
            LearningRate = pace.LearningRate,
        };

    public static bool Matches(string pattern, TensorSpec tensor) => Wildcard.Matches(pattern, tensor.Group) || Wildcard.Matches(pattern, tensor.Name);
}

using PSFineTune.Data;

namespace PSFineTune.Training;

/// <summary>Training samples by class.</summary>
static class ClassCounts
{
    /// <summary>By how much the largest class may outnumber the smallest before it is worth a word.</summary>
    const int Uneven = 10;

    public static int[] Of(Dataset data)
    {
        var counts = new int[data.Classes.Count];
        foreach (var row in data.RowsOf(Split.Train)) counts[data.LabelAt(row)]++;
        return counts;
    }

    /// <summary>What to say of classes of very different sizes where the plan does nothing about it; null for nothing.</summary>
    public static string? Warning(Dataset data, TrainingPlan plan)
    {
        var counts = Of(data);
        var (most, least) = (Array.IndexOf(counts, counts.Max()), Array.IndexOf(counts, counts.Min()));
        if (plan.ClassWeight is not null || plan.Sampler is Samplers.Balanced || counts[most] <= Uneven * counts[least]) return null;
        return $"Class '{data.Classes[most]}' has {counts[most]} training samples, '{data.Classes[least]}' {counts[least]}. The rare ones may never be predicted: consider -ClassWeight Balanced or -Sampler Balanced, and judge by macro-F1, not by accuracy.";
    }
}

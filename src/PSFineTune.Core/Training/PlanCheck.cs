using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Native;

namespace PSFineTune.Training;

/// <summary>What must hold before a run starts, so that it fails at once and not at night.</summary>
static class PlanCheck
{
    /// <exception cref="FineTuneException">BadPlanSetting, NoSuchLayer, OneValuePerChannel, NothingToTrain, ClassWithoutSamples, DatasetChanged, NoSuchDevice.</exception>
    public static void Refuse(TrainingPlan plan, Dataset data, IReadOnlyList<TensorSpec> tensors)
    {
        Settings(plan);
        Device(plan);
        Kind(plan.Model, data);
        LayerPaces.Check(plan.Layers.Select(rule => rule.Pattern), tensors);
        plan.Lora?.For(plan.Model).Of(tensors);
        NormCheck.Refuse(plan);
        var learns = tensors.Where(tensor => tensor.Role == TensorRole.Parameter).Any(tensor => Enumerable.Range(1, plan.Epochs).Any(epoch => !LayerPaces.Of(plan, tensor, epoch).Frozen));
        if (!learns) throw Fault.NothingToTrain();
        if (plan.Dataset is { Fingerprint.Length: > 0 } reference && reference.Fingerprint != data.Fingerprint) throw Fault.DatasetChanged(reference.Root);
        var filled = data.RowsOf(Split.Train).Select(data.LabelAt).ToHashSet();
        var empty = data.Classes.Where((_, label) => !filled.Contains(label)).ToList();
        if (empty.Count > 0) throw Fault.EmptyClass(empty);
        if (data.Classes.Count < 2) throw Fault.OneClass(data.Classes[0]);
        var train = data.RowsOf(Split.Train).Length;
        Require(plan.BatchSize <= train, nameof(plan.BatchSize), plan.BatchSize, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {train}, the number of training samples"));
        plan.ClassWeight?.Of(data.Classes, ClassCounts.Of(data));
    }

    /// <summary>Refuses a device that does not compute here. A model of terms has no tensors, and trains where no tensor library is installed.</summary>
    /// <exception cref="FineTuneException">NoSuchDevice, NativeLoadFailed, ForeignLibtorch, NoRuntime.</exception>
    public static void Device(TrainingPlan plan)
    {
        if (plan.Model is not TermModelSpec || plan.Device != "cpu") TorchDevice.Of(plan.Device);
    }

    /// <summary>Refuses to leave samples out of other data than those that a plan was made for: what is left has no fingerprint yet to tell them by.</summary>
    /// <returns>Why it cannot be told, for a warning: what is to be left out may be what keeps the data from opening. Null where they are the same.</returns>
    /// <exception cref="FineTuneException">DatasetChanged.</exception>
    public static string? Unchanged(DatasetReference planned, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        if (planned.Fingerprint.Length == 0) return null;
        try
        {
            if (planned.OpenReadOnly(workspace, progress, cancel).Fingerprint != planned.Fingerprint) throw Fault.DatasetChanged(planned.Root);
            return null;
        }
        catch (FineTuneException wrong) when (wrong.Id != "DatasetChanged")
        {
            return $"The data at '{planned.Root}' cannot be opened as the plan has them, so it is not known whether anything else changed: {wrong.Message}";
        }
    }

    /// <summary>Refuses to go on with a run on other data.</summary>
    /// <exception cref="FineTuneException">DatasetChangedSinceCheckpoint.</exception>
    public static void SameData(RunRecord past, Dataset data)
    {
        if (past.Plan.Dataset is { } then && then.Fingerprint != data.Fingerprint) throw Fault.DataChangedSince(past.Id, then.Root);
    }

    /// <summary>Refuses images for a model of texts, and texts for one of images.</summary>
    /// <exception cref="FineTuneException">OtherKindOfData.</exception>
    public static void Kind(ModelSpec? model, Dataset data)
    {
        if (model is not null && (model.DefaultTextPipeline is null ? data is TextDataset : data is ImageDataset)) throw Fault.OtherKindOfData(model.Name, data is TextDataset);
    }

    /// <exception cref="FineTuneException">BadPlanSetting, InvalidOpSetting.</exception>
    public static void Settings(TrainingPlan plan)
    {
        Require(plan.Epochs >= 1, nameof(plan.Epochs), plan.Epochs, "1 or above");
        Require(plan.BatchSize >= 1, nameof(plan.BatchSize), plan.BatchSize, "1 or above");
        Require(plan.Accumulation >= 1 && plan.Accumulation <= plan.BatchSize, nameof(plan.Accumulation), plan.Accumulation, $"1 to {plan.BatchSize} (BatchSize)");
        Require(plan.CachedViews is >= 0 and <= 1000, nameof(plan.CachedViews), plan.CachedViews, "0 (none) to 1000");
        Require(plan.ProbePenalty is null or (> 0 and < double.PositiveInfinity), nameof(plan.ProbePenalty), plan.ProbePenalty, "a number above 0");
        Require(plan.Patience >= 0, nameof(plan.Patience), plan.Patience, "0 (never) or above");
        Require(plan.Threads is >= 0 and <= 1024, nameof(plan.Threads), plan.Threads, "0 (one a core) to 1024");
        var smallest = (plan.Model as NetworkSpec)?.SmallestSide ?? 8;
        Require(plan.Preprocessing is null || (plan.Preprocessing.InputSize >= smallest && plan.Preprocessing.InputSize <= 4096), "ImageSize", plan.Preprocessing?.InputSize, $"{smallest} to 4096");
        plan.Preprocessing?.Validate();
        Require(plan.StartImageSize is null || plan.StartImageSize >= smallest && !(plan.StartImageSize > plan.Preprocessing?.InputSize), nameof(plan.StartImageSize), plan.StartImageSize, $"{smallest} to {plan.Preprocessing?.InputSize} (ImageSize)");
        Require(plan.Model is not TextNetworkSpec || (plan.StartImageSize is null && plan.Augment.Ops.Count == 0), plan.StartImageSize is null ? nameof(plan.Augment) : nameof(plan.StartImageSize), "given", "left out: the model is one of texts");
        // The plan may be for another machine: whether the device is there is the run's question.
        Require(TorchDevice.IsName(plan.Device), nameof(plan.Device), plan.Device, "cpu or cuda[:n]");
        Require(plan.Model is not { HoldsCode: true } || plan.Device == "cpu", nameof(plan.Device), plan.Device, "cpu: a TorchScript program is loaded to no other");
        Require(Enum.IsDefined(plan.Precision), nameof(plan.Precision), plan.Precision, string.Join(" or ", Enum.GetNames<Precision>()));
        Require(plan.CacheSize >= 0, nameof(plan.CacheSize), plan.CacheSize, "0 (no cache) or above, in bytes");
        Require(plan.ClipNorm is null or (> 0 and < double.PositiveInfinity), nameof(plan.ClipNorm), plan.ClipNorm, "a number above 0, or left out");
        plan.Model?.Validate();
        plan.Optimizer.Validate();
        plan.Schedule.Validate();
        plan.Loss.Validate();
        plan.Augment.Validate();
        plan.TextPipeline?.Validate();
        plan.ClassWeight?.Validate();
        plan.Average?.Validate();
        plan.Lora?.Validate();
        Require(plan.Lora is null || plan.Average is null, nameof(plan.Average), plan.Average?.GetType().Name, "left out beside Lora, whose sums are made when the weights are kept");
        foreach (var rule in plan.Layers)
        {
            Require(rule.Factor is null or (> 0 and < double.PositiveInfinity), $"Factor of layer '{rule.Pattern}'", rule.Factor, "above 0 (to freeze, use Lock-ModelLayer)");
            Require(rule.LearningRate is null or (> 0 and < double.PositiveInfinity), $"LearningRate of layer '{rule.Pattern}'", rule.LearningRate, "above 0 (to freeze, use Lock-ModelLayer)");
        }
    }

    internal static void Require(bool holds, string setting, object? value, string allowed)
    {
        if (!holds) throw Fault.BadPlanSetting(setting, value, allowed);
    }
}

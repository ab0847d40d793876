using PSFineTune.Packaging;

namespace PSFineTune.Models;

/// <summary>How a file's tensors fit a model's: by name and shape.</summary>
static class WeightsMatch
{
    const int Shown = 3;

    /// <summary>The first few of each kind of misfit; empty where all fits.</summary>
    /// <param name="specs">The model's tensors.</param>
    /// <param name="weights">The file's tensors.</param>
    /// <param name="head">Name of the group that may lack or differ; null where everything must fit.</param>
    /// <param name="countersMayLack">Weight files of older programs have none.</param>
    public static IReadOnlyList<string> Problems(IReadOnlyList<TensorSpec> specs, IReadOnlyDictionary<string, StoredTensor> weights, string? head, bool countersMayLack = true)
    {
        var known = specs.ToDictionary(spec => spec.Name);
        var wanted = specs.Where(spec => spec.Group != head).ToList();
        var missing = wanted.Where(spec => !weights.ContainsKey(spec.Name) && !(countersMayLack && IsCounter(spec))).Select(spec => spec.Name);
        var unexpected = weights.Keys.Where(name => !known.ContainsKey(name)).Order(StringComparer.Ordinal);
        var wrong = wanted.Where(spec => weights.TryGetValue(spec.Name, out var tensor) && !tensor.Shape.SequenceEqual(spec.Shape))
            .Select(spec => $"{spec.Name} ({Side(weights[spec.Name].Shape)} in the file, {Side(spec.Shape)} in the model)");
        var types = wanted.Where(spec => weights.TryGetValue(spec.Name, out var tensor) && tensor.DType != TypeOf(spec))
            .Select(spec => $"{spec.Name} ({weights[spec.Name].DType} in the file, {TypeOf(spec)} in the model)");
        return [.. Listed("missing", missing), .. Listed("unexpected", unexpected), .. Listed("wrong shape", wrong), .. Listed("wrong type", types)];
    }

    static IEnumerable<string> Listed(string kind, IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Count > 0) yield return $"{kind}: {string.Join(", ", all.Take(Shown))}{(all.Count > Shown ? $" and {all.Count - Shown} more" : "")}";
    }

    // Half precision was widened when it was read.
    static string TypeOf(TensorSpec spec) => IsCounter(spec) ? StoredTensor.Long : StoredTensor.Single;

    static bool IsCounter(TensorSpec spec) => spec.Role == TensorRole.Buffer && spec.Shape.Length == 0;

    static string Side(long[] shape) => shape.Length == 0 ? "one value" : string.Join(" x ", shape);
}

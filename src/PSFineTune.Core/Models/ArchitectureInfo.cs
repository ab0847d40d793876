using PSFineTune.Pretrained;

namespace PSFineTune.Models;

/// <summary>What is known of an architecture without building it.</summary>
public sealed record ArchitectureInfo
{
    public string Name { get; init; } = "";

    public string Family { get; init; } = "";

    /// <summary>Side of the square input that published weights expect, pixels; 0 for models without one.</summary>
    public int InputSize { get; init; }

    /// <summary>Count of learned numbers, with a head of 1000 classes.</summary>
    public long Parameters { get; init; }

    /// <summary>Embedded where the module carries weights; Saved where published ones are on this machine, Published where Save-PretrainedModel knows them; empty for neither.</summary>
    public string Weights { get; init; } = "";

    /// <summary>Layer groups, input to output.</summary>
    public IReadOnlyList<string> Groups { get; init => field = value.ToIndexable(); } = [];

    internal static ArchitectureInfo Of(ModelSpec spec)
    {
        var tensors = spec.Tensors(classes: 1000);
        return new()
        {
            Name = spec.Name,
            Family = spec.Family,
            InputSize = (spec as NetworkSpec)?.DefaultPreprocessing?.InputSize ?? 0,
            Parameters = tensors.Where(tensor => tensor.Role == TensorRole.Parameter).Sum(tensor => tensor.Elements),
            Weights = string.Join(", ", Known(spec)),
            Groups = [.. tensors.Select(tensor => tensor.Group).Distinct()],
        };
    }

    static IEnumerable<string> Known(ModelSpec spec)
    {
        if (spec is NetworkSpec network && SourceNetwork.HasEmbedded(network)) yield return "Embedded";
        if (PretrainedCatalog.For(spec.Name) is { } entry) yield return WeightsCache.Has(entry) ? "Saved" : "Published";
    }
}

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

    /// <summary>Embedded where the module carries weights; else where published ones come from.</summary>
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
            Weights = spec is NetworkSpec network && SourceNetwork.HasEmbedded(network) ? "Embedded" : "",
            Groups = [.. tensors.Select(tensor => tensor.Group).Distinct()],
        };
    }
}

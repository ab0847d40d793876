using PSFineTune.Models;

namespace PSFineTune.Training;

/// <summary>
/// Low-rank adaptation, https://arxiv.org/abs/2106.09685: weights stay, and to some a product of two narrow matrices is added,
/// which alone learns, with the head. What is kept of a run are the sums, weights as any others.
/// </summary>
public sealed record Lora
{
    /// <summary>Width of the narrow matrices: 1 to the smaller side of each weight that they are added to.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>The product counts <see cref="Alpha"/> / <see cref="Rank"/> times; above 0.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Linear layers that it is added to, by the names of their weights, with PowerShell's wildcards * ? [a-z]. Without a dot it is a part of the name: query, value. Empty for those that are usual in the model's family.</summary>
    public IReadOnlyList<string> Target { get; init => field = value.ToIndexable(); } = [];

    internal double Scale => Alpha / Rank;

    /// <summary>The same with the targets of a model where it names none.</summary>
    internal Lora For(ModelSpec? model) => Target.Count == 0 && model is NetworkSpec { LoraTargets: { Count: > 0 } usual } ? this with { Target = usual } : this;

    /// <summary>The layers that it is added to.</summary>
    /// <exception cref="FineTuneException">NoSuchLayer: none. BadPlanSetting: the rank is above what one of them can have.</exception>
    internal IReadOnlyList<AdaptedLayer> Of(IEnumerable<TensorSpec> tensors)
    {
        var linear = tensors.Where(tensor => tensor.IsLinear && tensor.Group != Head).SelectMany(AdaptedLayer.In).ToList();
        List<AdaptedLayer> found = [.. linear.Where(layer => Target.Any(target => layer.Matches(target)))];
        if (found.Count == 0) throw Fault.NoSuchLora(Target, [.. linear.Select(layer => layer.Name + ".weight")], Adaptable);
        // A product of matrices has no rank above its smaller side.
        var narrowest = found.MinBy(layer => layer.Narrower)!;
        PlanCheck.Require(Rank <= narrowest.Narrower, nameof(Rank), Rank, FormattableString.Invariant($"1 to {narrowest.Narrower}, the smaller side of {narrowest.Name}.weight"));
        return found;
    }

    // The architectures that have layers which are usual for it.
    static IEnumerable<string> Adaptable => Catalog<ModelSpec>.Names.Where(name => Catalog<ModelSpec>.Create(name) is NetworkSpec { LoraTargets.Count: > 0 });

    /// <summary>Whether a parameter stays as it is.</summary>
    internal static bool Freezes(TensorSpec parameter) => !parameter.IsFactor && parameter.Group != Head;

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal void Validate()
    {
        PlanCheck.Require(Rank >= 1, nameof(Rank), Rank, "1 or above");
        PlanCheck.Require(Alpha is > 0 and < double.PositiveInfinity, nameof(Alpha), Alpha, "a number above 0");
    }

    const string Head = "head";

    public bool Equals(Lora? other) => other is not null && (Rank, Alpha) == (other.Rank, other.Alpha) && Target.SequenceEqual(other.Target);

    public override int GetHashCode() => HashCode.Combine(Rank, Alpha, Target.Count);
}

/// <summary>A linear layer that low-rank adaptation adds to.</summary>
/// <param name="Name">The layer's, such as encoder.layer.0.attention.self.query; also of one whose weight is packed with others.</param>
/// <param name="Weight">That holds it.</param>
/// <param name="From">Its first row there.</param>
/// <param name="Rows">How many rows it has.</param>
sealed record AdaptedLayer(string Name, TensorSpec Weight, long From, long Rows)
{
    /// <summary>Names of the matrices that are multiplied.</summary>
    public string Down => Name + TensorSpec.Down;

    public string Up => Name + TensorSpec.Up;

    /// <summary>Its smaller side.</summary>
    public long Narrower => Math.Min(Rows, Weight.Shape[1]);

    /// <summary>Those matrices.</summary>
    public IReadOnlyList<TensorSpec> Factors(int rank) =>
        [new(Down, Weight.Group, [rank, Weight.Shape[1]], TensorRole.Parameter), new(Up, Weight.Group, [Rows, rank], TensorRole.Parameter)];

    /// <summary>The layers of a weight.</summary>
    public static IEnumerable<AdaptedLayer> In(TensorSpec weight)
    {
        var (owner, count) = (weight.Name[..weight.Name.LastIndexOf('.')], Math.Max(1, weight.Packed.Count));
        var rows = weight.Shape[0] / count;
        return Enumerable.Range(0, count).Select(place => new AdaptedLayer(weight.Packed.Count == 0 ? owner : $"{owner}.{weight.Packed[place]}", weight, place * rows, rows));
    }

    public bool Matches(string target)
    {
        var pattern = target.Contains('.') || target.Contains('*') ? target : $"*.{target}.*";
        return Wildcard.Matches(pattern, Name + ".weight") || LayerPaces.Matches(pattern, Weight);
    }
}

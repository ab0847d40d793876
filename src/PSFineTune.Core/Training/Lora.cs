using PSFineTune.Models;

namespace PSFineTune.Training;

/// <summary>
/// Low-rank adaptation, https://arxiv.org/abs/2106.09685: weights stay, and to some a product of two narrow matrices is added,
/// which alone learns, with the head. What is kept of a run are the sums, weights as any others.
/// </summary>
public sealed record Lora
{
    /// <summary>Width of the narrow matrices, 1 or above.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>The product counts <see cref="Alpha"/> / <see cref="Rank"/> times; above 0.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>Weights of linear layers that it is added to, by name, with PowerShell's wildcards * ? [a-z]. Without a dot it is a part of the name: query, value.</summary>
    public IReadOnlyList<string> Target { get; init => field = value.ToIndexable(); } = (string[])["query", "value", "q_lin", "v_lin"];

    internal double Scale => Alpha / Rank;

    /// <summary>The weights that it is added to.</summary>
    /// <exception cref="FineTuneException">NoSuchLayer: none.</exception>
    internal IReadOnlyList<TensorSpec> Of(IEnumerable<TensorSpec> tensors)
    {
        var linear = tensors.Where(tensor => tensor.IsLinear && tensor.Group != Head).ToList();
        List<TensorSpec> found = [.. linear.Where(tensor => Target.Any(target => LayerPaces.Matches(target.Contains('.') || target.Contains('*') ? target : $"*.{target}.*", tensor)))];
        return found.Count > 0 ? found : throw Fault.NoSuchLora(Target, linear.Select(tensor => tensor.Name));
    }

    /// <summary>Whether a parameter stays as it is.</summary>
    internal static bool Freezes(TensorSpec parameter) => !parameter.IsFactor && parameter.Group != Head;

    /// <exception cref="FineTuneException">BadPlanSetting.</exception>
    internal void Validate()
    {
        PlanCheck.Require(Rank >= 1, nameof(Rank), Rank, "1 or above");
        PlanCheck.Require(Alpha is > 0 and < double.PositiveInfinity, nameof(Alpha), Alpha, "a number above 0");
        PlanCheck.Require(Target.Count > 0, nameof(Target), null, "names of linear layers, such as query");
    }

    const string Head = "head";

    public bool Equals(Lora? other) => other is not null && (Rank, Alpha) == (other.Rank, other.Alpha) && Target.SequenceEqual(other.Target);

    public override int GetHashCode() => HashCode.Combine(Rank, Alpha, Target.Count);
}

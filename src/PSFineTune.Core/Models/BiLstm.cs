using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>A recurrent network that reads a text from both ends, and the greatest value of each of its states over the text (Hochreiter and Schmidhuber 1997; Conneau et al. 2017, https://arxiv.org/abs/1705.02364).</summary>
public sealed record BiLstm : WordNetwork
{
    [JsonIgnore]
    public override string Family => nameof(BiLstm);

    /// <summary>Of each direction.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>One upon the other, 1 or above.</summary>
    public int Layers { get; init; } = 1;

    internal override void Validate()
    {
        base.Validate();
        PlanCheck.Require(HiddenSize is >= 1 and <= 16_384, nameof(HiddenSize), HiddenSize, "1 to 16384");
        PlanCheck.Require(Layers is >= 1 and <= 64, nameof(Layers), Layers, "1 to 64");
    }

    internal override IReadOnlyList<NodeGroup> Describe(int classes) =>
    [
        Embedded,
        new("lstm", [.. Enumerable.Range(0, Layers).Select(layer => new Named("lstm", new BiLstmLayer(layer == 0 ? VectorSize : 2 * HiddenSize, HiddenSize, layer))), new("", new TokenMax())]),
        Head(2 * HiddenSize, classes),
    ];
}

using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>Convolutional Neural Networks for Sentence Classification, Kim 2014, https://arxiv.org/abs/1408.5882: filters over three, four and five words, and the greatest answer of each.</summary>
public sealed record TextCnn : WordNetwork
{
    static readonly int[] s_widths = [3, 4, 5];

    [JsonIgnore]
    public override string Family => nameof(TextCnn);

    /// <summary>Filters of each width.</summary>
    public int Filters { get; init; } = 100;

    internal override void Validate()
    {
        base.Validate();
        PlanCheck.Require(Filters is >= 1 and <= 16_384, nameof(Filters), Filters, "1 to 16384");
    }

    internal override IReadOnlyList<NodeGroup> Describe(int classes) =>
    [
        Embedded,
        new("convolutions", ("", new Concat([.. s_widths.Select((width, i) => new Named($"convs.{i}", new TokenWindows(VectorSize, Filters, width)))]))),
        Head(Filters * s_widths.Length, classes),
    ];
}

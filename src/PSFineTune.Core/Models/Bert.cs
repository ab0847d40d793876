using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>BERT, https://arxiv.org/abs/1810.04805; Hugging Face's names. The defaults are bert-base-uncased's.</summary>
public sealed record Bert : TransformerNetwork
{
    [JsonIgnore]
    public override string Family => nameof(Bert);

    private protected override string Prefix => "bert";

    private protected override string LayerName => "encoder.layer";

    private protected override string InnerName => "intermediate.dense";

    private protected override int Sentences => 2;

    internal override IReadOnlyList<string> LoraTargets => ["query", "value"];

    private protected override Named[] Layer =>
    [
        new("attention", new PostNorm(
            new Sequence(("self", new SelfAttention(HiddenSize, Heads, "query", "key", "value")), ("output.dense", Dense(HiddenSize, HiddenSize)), Dropped),
            Norm("output.LayerNorm"))),
        new("", new PostNorm(
            new Sequence(("intermediate.dense", Dense(HiddenSize, IntermediateSize)), ("", new Gelu()), ("output.dense", Dense(IntermediateSize, HiddenSize)), Dropped),
            Norm("output.LayerNorm"))),
    ];

    private protected override NodeGroup Pooler => new("pooler", ("", new FirstToken()), ("bert.pooler.dense", Dense(HiddenSize, HiddenSize)), ("", new Tanh()));
}

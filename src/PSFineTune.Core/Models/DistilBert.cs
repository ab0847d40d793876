using System.Text.Json.Serialization;
using PSFineTune.Models.Nodes;

namespace PSFineTune.Models;

/// <summary>DistilBERT, https://arxiv.org/abs/1910.01108: half of BERT's layers, no kinds of sentence; Hugging Face's names. The defaults are distilbert-base-uncased's.</summary>
public sealed record DistilBert : TransformerNetwork
{
    public DistilBert() => Layers = 6;

    [JsonIgnore]
    public override string Family => nameof(Bert);

    private protected override string Prefix => "distilbert";

    private protected override string LayerName => "transformer.layer";

    private protected override string InnerName => "ffn.lin1";

    private protected override int Sentences => 0;

    internal override IReadOnlyList<string> LoraTargets => ["q_lin", "v_lin"];

    private protected override Named[] Layer =>
    [
        new("", new PostNorm(
            new Sequence(("attention", new SelfAttention(HiddenSize, Heads, "q_lin", "k_lin", "v_lin")), ("attention.out_lin", Dense(HiddenSize, HiddenSize)), Dropped),
            Norm("sa_layer_norm"))),
        new("", new PostNorm(
            new Sequence(("ffn.lin1", Dense(HiddenSize, IntermediateSize)), ("", new Gelu()), ("ffn.lin2", Dense(IntermediateSize, HiddenSize)), Dropped),
            Norm("output_layer_norm"))),
    ];

    private protected override NodeGroup Pooler => new("pooler", ("", new FirstToken()), ("pre_classifier", Dense(HiddenSize, HiddenSize)), ("", new Relu()));
}

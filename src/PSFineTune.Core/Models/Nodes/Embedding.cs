using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>Numbers of words to their vectors, N x L to N x L x Size; number 0 is padding, whose row stays as it is and is never seen.</summary>
sealed record Embedding(int Count, int Size) : TokenNode
{
    public Filling Filling { get; init; } = Filling.Normal(0.1);

    public override IEnumerable<Part> Parts => [new("weight", [Count, Size], Filling)];

    public override Run Bind(Binding binding)
    {
        var weight = binding["weight"];
        return ids =>
        {
            using var scope = NewDisposeScope();
            return Padding.Clear(Rows(weight, ids), Padding.Tokens(ids)).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) => graph.Clear(graph.Add("Gather", [graph.Constant(binding["weight"]), x]));

    /// <summary>Rows of a matrix by number.</summary>
    public static Tensor Rows(Tensor weight, Tensor ids) => weight.index_select(0, ids.flatten()).view(ids.shape[0], ids.shape[1], -1);
}

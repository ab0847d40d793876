using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>A node of texts, N x L x C: the tokens of each text one after the other, rows of zeros behind its end. Here libtorch alone runs it; a file of it says where tokens are by a value of its own, <see cref="OnnxGraph.Tokens"/>.</summary>
abstract record TokenNode : Node
{
    public sealed override bool Exports => false;
}

/// <summary>
/// What fills the shorter texts of a batch: rows of zeros, which every node finds by that and leaves as zeros. So what a
/// text becomes does not depend on the texts beside it, and layers can be computed apart from those before them.
/// </summary>
static class Padding
{
    /// <summary>N x L, true where a token is; null where nothing is padded.</summary>
    /// <param name="x">N x L x C, or N x L numbers of words.</param>
    public static Tensor? Tokens(Tensor x)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var filled = x.detach().to_type(ScalarType.Bool);
        var tokens = filled.Dimensions == 2 ? filled : filled.any(2);
        return tokens.all().item<bool>() ? null : tokens.MoveToOuterDisposeScope();
    }

    /// <summary>The same with zeros where no token is.</summary>
    public static Tensor Clear(Tensor y, Tensor? tokens) => tokens is null ? y : y * tokens.unsqueeze(2);
}

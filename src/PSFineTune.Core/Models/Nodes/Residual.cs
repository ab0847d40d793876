using PSFineTune.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>Branch(x) + Shortcut(x), https://arxiv.org/abs/1512.03385. Both find their tensors under this node's own name.</summary>
/// <param name="Branch">Must make a tensor of its own: the sum is taken in place.</param>
/// <param name="Shortcut">Null where the input is added as it is.</param>
/// <param name="Rectified">A ReLU follows the sum.</param>
sealed record Residual(Node Branch, Node? Shortcut = null, bool Rectified = false) : Node
{
    public override IEnumerable<Named> Inner => Shortcut is null ? [new("", Branch)] : [new("", Branch), new("", Shortcut)];

    public override int Measure(string prefix, int side, Action<string, int> norm)
    {
        Shortcut?.Measure(prefix, side, norm);
        return Branch.Measure(prefix, side, norm);
    }

    public override Run Bind(Binding binding)
    {
        var branch = binding.Bind(new("", Branch));
        var shortcut = Shortcut is null ? null : binding.Bind(new("", Shortcut));
        return x =>
        {
            using var aside = shortcut?.Invoke(x);
            // Left out, it may be collected while libtorch reads it.
            using var one = 1.ToScalar();
            var sum = Sum(branch(x), aside ?? x, one);
            return Rectified ? sum.relu_() : sum;
        };
    }

    // A branch in half precision is added to a whole one, not the other way round.
    static Tensor Sum(Tensor branch, Tensor x, TorchSharp.Scalar one)
    {
        if (branch.dtype == x.dtype) return branch.add_(x, one);
        using (branch) return x.add(branch, one);
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        var sum = graph.Add("Add", [binding.Export(new("", Branch), graph, x), Shortcut is null ? x : binding.Export(new("", Shortcut), graph, x)]);
        return Rectified ? graph.Add("Relu", [sum]) : sum;
    }
}

/// <summary>
/// Option A of the paper: every second row and column, and as many channels of zeros before and after as are lacking.
/// No parameters.
/// </summary>
sealed record PadShortcut(int In, int Out) : Node
{
    public override int Measure(string prefix, int side, Action<string, int> norm) => (side + 1) / 2;

    public override Run Bind(Binding binding) => x =>
    {
        using var scope = NewDisposeScope();
        var every = TensorIndex.Slice(step: 2);
        var before = (Out - In) / 2;
        // Padding runs from the last dimension to the first: width, height, channels.
        var padded = nn.functional.pad(x[TensorIndex.Colon, TensorIndex.Colon, every, every], [0, 0, 0, 0, before, Out - In - before]);
        return padded.MoveToOuterDisposeScope();
    };

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        var before = (Out - In) / 2;
        // From, to, axes, steps; then padding before and after, from the first dimension to the last.
        var every = graph.Add("Slice", [x, graph.Constant(0, 0), graph.Constant(long.MaxValue, long.MaxValue), graph.Constant(2, 3), graph.Constant(2, 2)]);
        return graph.Add("Pad", [every, graph.Constant(0, before, 0, 0, 0, Out - In - before, 0, 0)]);
    }
}

/// <summary>Runs every branch on one input and joins their channels.</summary>
sealed record Concat(params Named[] Branches) : Node
{
    public override IEnumerable<Named> Inner => Branches;

    public override bool Flattens => Branches.All(branch => branch.Node.Flattens);

    public override int Measure(string prefix, int side, Action<string, int> norm) =>
        Branches.Select(branch => branch.Node.Measure(Binding.Join(prefix, branch.Name), side, norm)).ToList()[0];

    public override Run Bind(Binding binding)
    {
        var runs = Branches.Select(binding.Bind).ToArray();
        return x =>
        {
            using var scope = NewDisposeScope();
            return cat([.. runs.Select(run => run(x))], 1).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) =>
        graph.Add("Concat", Branches.Select(branch => binding.Export(branch, graph, x)).ToList(), ("axis", 1));
}

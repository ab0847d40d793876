using PSFineTune.Models.Onnx;

namespace PSFineTune.Models.Nodes;

/// <summary>Nodes one after the other.</summary>
sealed record Sequence(params Named[] Nodes) : Node
{
    public override IEnumerable<Named> Inner => Nodes;

    public override Run Bind(Binding binding)
    {
        var runs = Nodes.Select(binding.Bind).ToArray();
        return input =>
        {
            var x = input;
            foreach (var run in runs)
            {
                var next = run(x);
                // Freed at once: autograd keeps what it needs, and a pass without gradients stays small.
                if (!ReferenceEquals(x, input) && !ReferenceEquals(next, x)) x.Dispose();
                x = next;
            }
            return x;
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x) => Nodes.Aggregate(x, (value, node) => binding.Export(node, graph, value));
}

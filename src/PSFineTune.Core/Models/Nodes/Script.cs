using PSFineTune.Models.Onnx;

namespace PSFineTune.Models.Nodes;

/// <summary>The TorchScript program of a classifier, N x 3 x H x W to N x C. Its hash is a tensor of its own, so that weights belong to one program.</summary>
/// <param name="Count">Features of an image.</param>
sealed record Script(int Count) : Node
{
    public const string HashName = "sha256";

    public override IEnumerable<Part> Parts => [new(HashName, [32], Filling.Zero, TensorRole.Buffer)];

    public override bool Flattens => true;

    public override bool Exports => false;

    public override Run Bind(Binding binding) => x => (binding.Classifier.Backbone ?? throw Fault.NoTorchScript()).Features(x, Count);

    public override string Export(OnnxGraph graph, Binding binding, string x) => throw new NotSupportedException("A TorchScript program has no nodes to export.");
}

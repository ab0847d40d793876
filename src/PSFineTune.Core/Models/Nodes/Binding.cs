using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>The tensors of one node, found by name in the classifier that runs it.</summary>
sealed class Binding(Classifier classifier, string prefix)
{
    public Classifier Classifier => classifier;

    public Tensor this[string leaf] => classifier.State[NameOf(leaf)];

    public string NameOf(string leaf) => Join(prefix, leaf);

    public Run Bind(Named inner) => inner.Node.Bind(For(inner));

    public string Export(Named inner, OnnxGraph graph, string x) => inner.Node.Export(graph, For(inner), x);

    public static string Join(string prefix, string name) => prefix == "" ? name : name == "" ? prefix : $"{prefix}.{name}";

    Binding For(Named inner) => new(classifier, Join(prefix, inner.Name));
}

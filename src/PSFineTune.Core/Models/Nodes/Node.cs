using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>A node at work: input in, one new tensor (or the input itself) out.</summary>
delegate Tensor Run(Tensor input);

/// <summary>A piece of a network as data: it names its tensors without building them, and runs once bound to them.</summary>
abstract record Node
{
    /// <summary>Its own tensors.</summary>
    public virtual IEnumerable<Part> Parts => [];

    /// <summary>The nodes inside it, input to output.</summary>
    public virtual IEnumerable<Named> Inner => [];

    /// <summary>It makes one row of features of each sample, N x C.</summary>
    public virtual bool Flattens => false;

    /// <summary>It makes tokens of images, N x C x H x W to N x L x C.</summary>
    public virtual bool MakesTokens => false;

    /// <summary>Whether it can be exported, and those inside it.</summary>
    public virtual bool Exports => Inner.All(inner => inner.Node.Exports);

    /// <summary>What becomes of a square map's side; nothing is built for it.</summary>
    /// <param name="prefix">Of its tensors' names.</param>
    /// <param name="side">Of its input, pixels.</param>
    /// <param name="norm">Told the name of each batch norm's weight, and the side of what that sees.</param>
    /// <returns>Of its output, pixels.</returns>
    public virtual int Measure(string prefix, int side, Action<string, int> norm) =>
        Inner.Aggregate(side, (reached, inner) => inner.Node.Measure(Binding.Join(prefix, inner.Name), reached, norm));

    public abstract Run Bind(Binding binding);

    /// <summary>Adds what it computes in evaluation, with its weights as they are now.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="binding">Its tensors.</param>
    /// <param name="x">The input's name in the graph.</param>
    /// <returns>The output's name, or the input's where it does nothing.</returns>
    public abstract string Export(OnnxGraph graph, Binding binding, string x);

    /// <summary>Every tensor of this node and of those inside it, by full name.</summary>
    public IEnumerable<Part> Under(string prefix) =>
        Parts.Select(part => part with { Name = Binding.Join(prefix, part.Name) })
             .Concat(Inner.SelectMany(inner => inner.Node.Under(Binding.Join(prefix, inner.Name))));
}

/// <summary>A node and the prefix of its tensors' names; empty where weight files have none.</summary>
sealed record Named(string Name, Node Node)
{
    public static implicit operator Named((string Name, Node Node) pair) => new(pair.Name, pair.Node);
}

/// <summary>One tensor of a node.</summary>
/// <param name="Name">Relative to the node, such as weight.</param>
/// <param name="Shape">Weights are output channels first.</param>
/// <param name="Filling">What it holds before weights are loaded.</param>
/// <param name="Role">Parameter or buffer; a buffer without dimensions is a 64-bit counter.</param>
sealed record Part(string Name, long[] Shape, Filling Filling, TensorRole Role = TensorRole.Parameter)
{
    /// <summary>Weight or bias of a batch norm.</summary>
    public bool IsNorm { get; init; }

    /// <summary>Weight of a fully connected layer.</summary>
    public bool IsLinear { get; init; }

    /// <summary>Names of the layers whose weights it holds one below the other, as many rows each; empty where it is one layer's.</summary>
    public IReadOnlyList<string> Packed { get; init; } = [];

    public bool IsCounter => Role == TensorRole.Buffer && Shape.Length == 0;
}

/// <summary>A layer group: what is frozen, paced and run as one.</summary>
sealed record NodeGroup(string Name, params Named[] Nodes)
{
    public Sequence Body => new(Nodes);

    public IEnumerable<TensorSpec> Specs => Body.Under("").Select(part => new TensorSpec(part.Name, Name, part.Shape, part.Role) { IsNorm = part.IsNorm, IsLinear = part.IsLinear, Packed = part.Packed });
}

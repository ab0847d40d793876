using System.Security.Cryptography;
using System.Text;
using PSFineTune.Models.Nodes;
using PSFineTune.Models.Onnx;
using PSFineTune.Packaging;
using PSFineTune.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Part = PSFineTune.Models.Nodes.Part;

namespace PSFineTune.Models;

/// <summary>A built network: its tensors, and its layer groups run in order.</summary>
sealed partial class Classifier : IDisposable
{
    readonly SortedDictionary<string, Tensor> _state = new(StringComparer.Ordinal);
    readonly IReadOnlyList<Run> _groups;
    readonly IReadOnlyList<Sequence> _bodies;
    readonly int _seed;

    /// <param name="groups">Input to output.</param>
    /// <param name="seed">Of the weights before others are loaded; null where all of them will be, which saves drawing millions of numbers for nothing: they begin as zeros.</param>
    /// <param name="device">Where it lives; null for the CPU.</param>
    /// <param name="lora">What is added to some of its weights; null for nothing.</param>
    /// <exception cref="FineTuneException">NoSuchLora: the network has none of those weights.</exception>
    public Classifier(IReadOnlyList<NodeGroup> groups, int? seed, Device? device = null, Lora? lora = null)
    {
        (_seed, _lora) = (seed ?? 0, lora);
        Device = device ?? CPU;
        Groups = [.. groups.Select(group => group.Name)];
        Specs = [.. groups.SelectMany(group => group.Specs)];
        List<Part> parts = [.. groups.SelectMany(group => group.Body.Under(""))];
        if (lora is not null)
        {
            _adapted = lora.Of(Specs).GroupBy(layer => layer.Weight.Name).ToDictionary(layers => layers.Key, layers => layers.ToList());
            parts.AddRange(_adapted.Values.SelectMany(layers => layers).SelectMany(layer => Factors(lora, layer)));
            Specs = [.. Specs.SelectMany(spec => _adapted.TryGetValue(spec.Name, out var layers)
                ? [spec, .. layers.SelectMany(layer => layer.Factors(lora.Rank))] : new[] { spec })];
        }
        Noise = RandomStream.For(_seed, 0, "noise");
        foreach (var (part, values) in Fillings(parts, seed))
        {
            // One for each: what is made on the way would stay until the last is there, several times the network.
            using var scope = NewDisposeScope();
            _state.Add(part.Name, Make(part, values, Device).DetachFromDisposeScope());
        }
        _bodies = [.. groups.Select(group => group.Body)];
        _groups = [.. _bodies.Select(body => body.Bind(new(this, "")))];
    }

    /// <summary>The program that makes features, of a network that has one.</summary>
    public ScriptBackbone? Backbone { get; set; }

    /// <summary>Where its tensors are and its layers compute; what it is given comes from anywhere.</summary>
    public Device Device { get; }

    /// <summary>Names, input to output.</summary>
    public IReadOnlyList<string> Groups { get; }

    public IReadOnlyList<TensorSpec> Specs { get; }

    /// <summary>Every parameter and buffer by full name, ordinal order; weights of convolutions have channels-last strides.</summary>
    public IReadOnlyDictionary<string, Tensor> State => _state;

    public IEnumerable<(TensorSpec Spec, Parameter Parameter)> Parameters =>
        Specs.Where(spec => spec.Role == TensorRole.Parameter).Select(spec => (spec, (Parameter)_state[spec.Name]));

    /// <summary>Batch norm follows the batch and dropout drops.</summary>
    public bool Training { get; set; }

    /// <summary>Whether the batch norm whose weight has that name follows the batch although it is frozen.</summary>
    public Func<string, bool> FrozenNormTrains { get; set; } = _ => false;

    /// <summary>What dropout draws from; set anew for each step, it makes a resumed run go on exactly.</summary>
    public RandomStream Noise { get; set; }

    /// <summary>Logits, N x classes.</summary>
    /// <param name="inputs">Images, N x 3 x H x W, channels-last strides; or texts, N x L numbers of words, 0 behind a text's end.</param>
    public Tensor Forward(Tensor inputs) => Forward(inputs, 0, Groups.Count);

    /// <summary>What the head is given: everything before it.</summary>
    /// <param name="inputs">As for <see cref="Forward(Tensor)"/>.</param>
    public Tensor Features(Tensor inputs) => Forward(inputs, 0, Groups.Count - 1);

    /// <summary>Runs the groups from one up to, but without, another.</summary>
    public Tensor Forward(Tensor x, int fromGroup, int toGroup)
    {
        using var scope = NewDisposeScope();
        // The same memory where it is there already.
        var y = x.to(Device);
        for (var group = fromGroup; group < toGroup; group++)
        {
            var next = _groups[group](y);
            if (!ReferenceEquals(next, y)) y.Dispose();
            y = next;
        }
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// What the groups from one up to, but without, another compute in evaluation with the weights as they are now, as the
    /// bytes of an ONNX model. Images and maps are N x H x W x channels, tokens N x L x channels, the logits N x classes.
    /// </summary>
    public byte[] ToOnnx(int fromGroup, int toGroup)
    {
        var graph = new OnnxGraph();
        var (from, to) = (RankAt(fromGroup), RankAt(toGroup));
        var x = from != 4 ? OnnxGraph.Input : graph.Add("Transpose", [OnnxGraph.Input], ("perm", [0, 3, 1, 2]));
        foreach (var body in _bodies.Take(fromGroup..toGroup)) x = body.Export(graph, new(this, ""), x);
        if (to == 4) x = graph.Add("Transpose", [x], ("perm", [0, 2, 3, 1]));
        return graph.Bytes(x, from, to);
    }

    /// <summary>Adds all of the network, in evaluation and with the weights as they are now.</summary>
    /// <param name="graph">Where to; of texts it knows where tokens are.</param>
    /// <param name="x">Images, N x 3 x H x W, or N x L numbers of words.</param>
    /// <returns>The logits' name, N x classes.</returns>
    public string Export(OnnxGraph graph, string x) => _bodies.Aggregate(x, (value, body) => body.Export(graph, new(this, ""), value));

    /// <summary>Whether <see cref="ToOnnx"/> can write the groups from one up to, but without, another; texts stay with libtorch, and what low-rank adaptation adds to.</summary>
    public bool Exports(int fromGroup, int toGroup) => _bodies.Take(fromGroup..toGroup).All(body => body.Exports && body.Under("").All(part => !_adapted.ContainsKey(part.Name)));

    /// <summary>Whether what a group is given is N x C, pooled, and neither N x C x H x W nor N x L x C.</summary>
    public bool IsFlat(int group) => group == Groups.Count || _bodies.Take(group).Any(body => body.Nodes.Any(node => node.Node.Flattens));

    /// <summary>Dimensions of what a group of a network of images is given: 4 of a map, 3 of tokens, 2 where it is flat.</summary>
    public int RankAt(int group) => IsFlat(group) ? 2 : _bodies.Take(group).Any(body => body.Nodes.Any(node => node.Node.MakesTokens)) ? 3 : 4;

    /// <summary>SHA-256 over name, dtype, shape and contiguous bytes of every tensor in ordinal name order, lower-case hexadecimal.</summary>
    public string WeightsHash() => HashOf(Store());

    /// <summary>As <see cref="WeightsHash"/>, of tensors in ordinal name order.</summary>
    public static string HashOf(IEnumerable<StoredTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Name}\0{tensor.DType}\0{string.Join(',', tensor.Shape)}\0"));
            hash.AppendData(tensor.Bytes);
        }
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    public void Dispose()
    {
        foreach (var tensor in _state.Values) tensor.Dispose();
    }

    // Drawn side by side: a stream belongs to a tensor's name, so order does not matter.
    // Null where no numbers are drawn.
    static IEnumerable<(Part Part, float[]? Values)> Fillings(IEnumerable<Part> parts, int? seed) => seed is not { } drawn ? parts.Select(part => (part, (float[]?)null))
        : parts.AsParallel().Select(part => (part, (float[]?)part.Filling.Draw(part.Shape, RandomStream.For(drawn, 0, "weights:" + part.Name))));

    static Tensor Make(Part part, float[]? values, Device device)
    {
        if (part.IsCounter) return tensor((long)(values?[0] ?? 0), device: device);
        // TorchSharp leaves the numbers in the managed array, wherever that lies; the sums of matrix products depend on it in
        // their last bits, and only a copy of the library's own lies the same in every process.
        var made = values is null ? zeros(part.Shape) : tensor(values, part.Shape).clone();
        if (part.Shape.Length == 4) made = ChannelsLast(made);
        made = made.to(device);
        return part.Role == TensorRole.Parameter ? new Parameter(made) : made;
    }

    /// <summary>The same values, with the strides that convolutions run fastest with.</summary>
    public static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}

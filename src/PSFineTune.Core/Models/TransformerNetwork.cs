using PSFineTune.Data;
using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;

namespace PSFineTune.Models;

/// <summary>An encoder of word pieces, of any published size: sizes come with the weights, and from the config.json beside them.</summary>
public abstract record TransformerNetwork : TextNetworkSpec
{
    const string PiecesKind = "tokens", ConfigName = "config.json", VocabularyName = "vocab.txt";

    /// <summary>Of a token.</summary>
    public int HiddenSize { get; init; } = 768;

    public int Layers { get; init; } = 12;

    /// <summary>Of each layer's attention; <see cref="HiddenSize"/> is a multiple of it.</summary>
    public int Heads { get; init; } = 12;

    /// <summary>Of each layer's inner network.</summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>Word pieces that have a vector.</summary>
    public int VocabularySize { get; init; } = 30_522;

    /// <summary>Most pieces of a text.</summary>
    public int MaxPositions { get; init; } = 512;

    /// <summary>Added to variances before the root.</summary>
    public double NormEpsilon { get; init; } = 1e-12;

    /// <summary>Share of the values that are dropped behind the embeddings, in each layer, and before the head, in training; 0 to below 1.</summary>
    public double Dropout { get; init; } = 0.1;

    internal sealed override void Validate()
    {
        PlanCheck.Require(HiddenSize is >= 1 and <= 16_384, nameof(HiddenSize), HiddenSize, "1 to 16384");
        PlanCheck.Require(Layers is >= 1 and <= 256, nameof(Layers), Layers, "1 to 256");
        PlanCheck.Require(Heads >= 1 && HiddenSize % Heads == 0, nameof(Heads), Heads, $"1 or above, and divide {HiddenSize} (HiddenSize)");
        PlanCheck.Require(IntermediateSize is >= 1 and <= 131_072, nameof(IntermediateSize), IntermediateSize, "1 to 131072");
        PlanCheck.Require(VocabularySize is >= 3 and <= 10_000_000, nameof(VocabularySize), VocabularySize, "3 to 10000000");
        PlanCheck.Require(MaxPositions is >= 1 and <= 131_072, nameof(MaxPositions), MaxPositions, "1 to 131072");
        PlanCheck.Require(NormEpsilon is > 0 and < 1, nameof(NormEpsilon), NormEpsilon, "above 0 and below 1");
        PlanCheck.Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "0 to below 1");
    }

    internal sealed override TextPipeline DefaultTextPipeline => new() { Tokens = new WordPieceTokens() };

    /// <summary>What all names but the head's begin with in weight files, such as bert.</summary>
    private protected abstract string Prefix { get; }

    /// <summary>What a config.json calls the architecture: model_type.</summary>
    private protected virtual string ConfigType => Prefix;

    /// <summary>The word that names a layer's number, such as encoder.layer.</summary>
    private protected abstract string LayerName { get; }

    private protected static Linear Dense(int from, int to) => new(from, to) { Filling = Filling.Normal(0.02), BiasFilling = Filling.Zero };

    private protected Named Norm(string name) => new(name, new LayerNorm(HiddenSize, NormEpsilon));

    private protected Named Dropped => new("", new Dropout(Dropout));

    /// <summary>One layer of the encoder.</summary>
    private protected abstract Named[] Layer { get; }

    /// <summary>What makes features of the first piece, a group of its own.</summary>
    private protected abstract NodeGroup Pooler { get; }

    /// <summary>Kinds of sentence; 0 where the network has none.</summary>
    private protected abstract int Sentences { get; }

    internal sealed override IReadOnlyList<NodeGroup> Describe(int classes) =>
    [
        new("embeddings", ($"{Prefix}.embeddings", new BertEmbedding(VocabularySize, MaxPositions, Sentences, HiddenSize, NormEpsilon)), Dropped),
        .. Enumerable.Range(0, Layers).Select(layer => new NodeGroup($"layer{layer}", ($"{Prefix}.{LayerName}.{layer}", new Sequence(Layer)))),
        Pooler,
        new("head", Dropped, ("classifier", Dense(HiddenSize, classes))),
    ];

    internal sealed override PretrainedWeights ReadWeights(string path)
    {
        var content = WeightsFile.ReadFile(path);
        var tensors = content.Tensors.Values.Select(tensor => tensor with { Name = Named(tensor.Name) }).Where(tensor => IsOwn(tensor.Name)).ToDictionary(tensor => tensor.Name);
        var spec = TransformerConfig.Beside(path, ConfigName) is { } config ? config.For((TransformerNetwork)FitTo(tensors), ConfigType) : (TransformerNetwork)FitTo(tensors);
        return new(path, spec, spec.WithPooler(tensors), null, false, content.Sha256);
    }

    internal sealed override NetworkSpec FitTo(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        long[] Shape(string name) => weights.TryGetValue($"{Prefix}.{name}", out var tensor) && tensor.Shape.Length == 2 ? tensor.Shape : [0, 0];
        var (words, places) = (Shape("embeddings.word_embeddings.weight"), Shape("embeddings.position_embeddings.weight"));
        var layers = 0;
        while (weights.Keys.Any(name => name.StartsWith($"{Prefix}.{LayerName}.{layers}.", StringComparison.Ordinal))) layers++;
        // Names that are lacking are the business of whoever compares them.
        if (words[0] == 0 || places[0] == 0 || layers == 0) return this;
        return this with
        {
            VocabularySize = (int)words[0], HiddenSize = (int)words[1], MaxPositions = (int)places[0], Layers = layers,
            IntermediateSize = (int)Shape($"{LayerName}.0.{InnerName}.weight")[0],
            // Published ones have 64 numbers a head, whatever their size, but for the smallest of others.
            Heads = words[1] % 64 == 0 ? (int)words[1] / 64 : 1,
        };
    }

    /// <summary>The vocabulary beside the weights, where the user names none.</summary>
    internal sealed override TrainingPlan Adopt(TrainingPlan plan, PretrainedWeights weights)
    {
        var file = Path.Combine(Path.GetDirectoryName(weights.Source) ?? "", VocabularyName);
        return plan.TextPipeline is { Tokens: WordPieceTokens { Vocabulary: "" } tokens } pipeline && File.Exists(file)
            ? plan with { TextPipeline = pipeline with { Tokens = tokens with { Vocabulary = file, Lowercase = TransformerConfig.Beside(weights.Source, "tokenizer_config.json")?.Lowercase ?? tokens.Lowercase } } }
            : plan;
    }

    internal sealed override Recipe DefaultRecipe => new TransformerTuning();

    private protected sealed override IEnumerable<(string, string, PartSource)> Words(TrainingPlan plan, TextPipeline pipeline, Dataset data, CancellationToken cancel)
    {
        if (pipeline.Tokens is not WordPieceTokens pieces) throw Fault.BadPlanSetting("TextPipeline", pipeline.Tokens.GetType().Name, $"of the tokens that {Name} has, WordPieceTokens");
        PlanCheck.Require(pipeline.MaxLength <= MaxPositions, nameof(pipeline.MaxLength), pipeline.MaxLength, $"at most {MaxPositions}, the places that the network knows");
        var lines = OpenWords(new(pieces.Files.Select(file => (file.Name, PiecesKind, PartSource.OfFile(file.Path))))).Count;
        if (lines > VocabularySize) throw Fault.VocabularyTooLarge(pieces.Vocabulary, lines, VocabularySize);
        return [];
    }

    private protected sealed override WordIds OpenWords(ModelParts parts) => WordIds.OfPieces(WordIds.Lines(Part(parts, WordPieceTokens.PartName)), WordPieceTokens.PartName);

    /// <summary>Name of a layer's inner network in weight files.</summary>
    private protected abstract string InnerName { get; }

    // Old files have gamma and beta; an encoder's own file has no prefix.
    string Named(string name)
    {
        if (name.EndsWith(".gamma", StringComparison.Ordinal)) name = name[..^5] + "weight";
        if (name.EndsWith(".beta", StringComparison.Ordinal)) name = name[..^4] + "bias";
        return name.StartsWith("embeddings.", StringComparison.Ordinal) || name.StartsWith(LayerName[..LayerName.IndexOf('.')] + ".", StringComparison.Ordinal) || name.StartsWith("pooler.", StringComparison.Ordinal) ? $"{Prefix}.{name}" : name;
    }

    // Not the heads of pretraining, nor the numbers of places that some files count out.
    bool IsOwn(string name) => !name.EndsWith("position_ids", StringComparison.Ordinal)
        && (name.StartsWith(Prefix + ".", StringComparison.Ordinal) || Pooler.Specs.Any(spec => spec.Name == name) || name.StartsWith("classifier.", StringComparison.Ordinal));

    // Pretraining on masked words alone leaves none: it then begins as any new one.
    IReadOnlyDictionary<string, StoredTensor> WithPooler(Dictionary<string, StoredTensor> tensors)
    {
        if (Pooler.Specs.Any(spec => tensors.ContainsKey(spec.Name))) return tensors;
        foreach (var part in Pooler.Body.Under(""))
            tensors.Add(part.Name, new(part.Name, StoredTensor.Single, part.Shape, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(part.Filling.Draw(part.Shape, RandomStream.For(0, 0, part.Name))).ToArray()));
        return tensors;
    }
}

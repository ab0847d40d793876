using PSFineTune.Data;
using PSFineTune.Models.Nodes;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Models;

/// <summary>A network on vectors of words: its words are those of the training texts and of the file of vectors, which -Weights names.</summary>
public abstract record WordNetwork : TextNetworkSpec
{
    const string TermsName = "text/terms.txt", WeightName = "embedding.weight";

    /// <summary>Rows of the embedding: words, and two for padding and all other words.</summary>
    public int VocabularySize { get; init; } = 20_000;

    /// <summary>Numbers of a word's vector; taken from the file of vectors where there is one.</summary>
    public int VectorSize { get; init; } = 100;

    /// <summary>Share of the features that are dropped in training, 0 to below 1.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>
    /// Words with their contracted ends apart (do n't, it 's), numbers, and marks one by one, as in the texts that published
    /// vectors were trained on. A word of one text alone counts as unknown unless it has a vector: what is learned of
    /// it would be that text by heart.
    /// </summary>
    internal sealed override TextPipeline DefaultTextPipeline => new() { MinDocuments = 2, Tokens = new PatternTokens { Pattern = @"\w+?(?=n't\b)|n't\b|'(?:s|re|ve|ll|d|m)\b|\w+|[^\w\s]" } };

    internal sealed override Recipe DefaultRecipe => new WordTuning();

    internal override void Validate()
    {
        PlanCheck.Require(VocabularySize is >= 3 and <= 10_000_000, nameof(VocabularySize), VocabularySize, "3 to 10000000");
        PlanCheck.Require(VectorSize is >= 1 and <= 16_384, nameof(VectorSize), VectorSize, "1 to 16384");
        PlanCheck.Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "0 to below 1");
    }

    private protected NodeGroup Embedded => new("embedding", ("embedding", new Embedding(VocabularySize, VectorSize)));

    private protected NodeGroup Head(int features, int classes) => new("head", ("", new Nodes.Dropout(Dropout)), ("fc", new Linear(features, classes)));

    internal sealed override PretrainedWeights ReadWeights(string path)
    {
        var vectors = WordVectors.Find(path) ?? throw Fault.NoWordVectors(path, Name);
        return new(path, this with { VectorSize = vectors.Size }, new Dictionary<string, StoredTensor>(), null, false, vectors.Sha256()) { Vectors = vectors };
    }

    /// <summary>Words without a vector are drawn with the spread of those that have one.</summary>
    internal sealed override void Fill(Classifier network, PretrainedWeights weights, ModelParts parts, int seed)
    {
        var (words, rows) = (OpenWords(parts), new Dictionary<int, float[]>());
        foreach (var (word, vector) in weights.Vectors!.Read())
            if (words.Find(word) is { } row) rows.TryAdd(row, [.. vector]);
        if (rows.Count == 0) throw Fault.NoWordHasVector(weights.Source, words.Terms.Take(3));
        var squares = rows.Values.Sum(vector => vector.Sum(value => (double)value * value));
        var values = Filling.Normal(Math.Sqrt(squares / rows.Count / VectorSize)).Draw([VocabularySize, VectorSize], RandomStream.For(seed, 0, "words"));
        foreach (var (row, vector) in rows) vector.CopyTo(values, row * VectorSize);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        network.State[WeightName].copy_(tensor(values, [VocabularySize, VectorSize]));
    }

    private protected sealed override IEnumerable<(string, string, PartSource)> Words(TrainingPlan plan, TextPipeline pipeline, Dataset data, CancellationToken cancel)
    {
        var vectors = plan.Weights is { } weights ? WordVectors.Find(weights) : null;
        var terms = WordList.Of(pipeline, data, vectors, VocabularySize - 2, cancel);
        return [(TermsName, "vocabulary", PartSource.Of(string.Concat(terms.Select(term => term + "\n"))))];
    }

    private protected sealed override WordIds OpenWords(ModelParts parts) => WordIds.OfWords(WordIds.Lines(Part(parts, TermsName)));
}

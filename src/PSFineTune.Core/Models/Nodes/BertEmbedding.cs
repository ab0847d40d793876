using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>A token's vector, its place's and its sentence's, added up and normalised; all texts are first sentences.</summary>
/// <param name="Words">Rows of the vocabulary; 0 is padding.</param>
/// <param name="Places">Most tokens of a text.</param>
/// <param name="Sentences">Kinds of sentence; 0 where a network has none.</param>
/// <param name="Size">Of a token.</param>
/// <param name="Epsilon">Of the norm.</param>
sealed record BertEmbedding(int Words, int Places, int Sentences, int Size, double Epsilon) : TokenNode
{
    const string WordRows = "word_embeddings.weight", PlaceRows = "position_embeddings.weight", SentenceRows = "token_type_embeddings.weight";

    static readonly Filling s_filling = Filling.Normal(0.02);

    public override IEnumerable<Part> Parts =>
    [
        new(WordRows, [Words, Size], s_filling),
        new(PlaceRows, [Places, Size], s_filling),
        .. Sentences > 0 ? [new Part(SentenceRows, [Sentences, Size], s_filling)] : Array.Empty<Part>(),
    ];

    public override IEnumerable<Named> Inner => [new("LayerNorm", new LayerNorm(Size, Epsilon))];

    public override Run Bind(Binding binding)
    {
        var (words, places, sentences) = (binding[WordRows], binding[PlaceRows], Sentences > 0 ? binding[SentenceRows] : null);
        var norm = binding.Bind(Inner.Single());
        return ids =>
        {
            using var scope = NewDisposeScope();
            var x = Embedding.Rows(words, ids).Plus(places.narrow(0, 0, ids.shape[1]));
            if (sentences is not null) x = x.Plus(sentences.select(0, 0));
            return Padding.Clear(norm(x), Padding.Tokens(ids)).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        var length = graph.Add("Slice", [graph.Add("Shape", [x]), graph.Constant(1L), graph.Constant(2L)]);
        var places = graph.Add("Slice", [graph.Constant(binding[PlaceRows]), graph.Constant(0L), length, graph.Constant(0L)]);
        var y = graph.Add("Add", [graph.Add("Gather", [graph.Constant(binding[WordRows]), x]), places]);
        if (Sentences > 0)
        {
            using var first = binding[SentenceRows].select(0, 0);
            y = graph.Add("Add", [y, graph.Constant(first)]);
        }
        return graph.Clear(binding.Export(Inner.Single(), graph, y));
    }
}

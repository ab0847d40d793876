using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Terms;
using PSFineTune.Text.Tokens;
using PSFineTune.Text.Weighting;

namespace PSFineTune.Embeddings;

/// <summary>
/// Texts by the runs of characters in their words, hashed and projected: nothing is learned from any text, so that all are
/// treated alike, and it takes no dictionary of their language.
/// </summary>
sealed class TextEmbedder : Embedder
{
    const int Width = 256, Bits = 20;

    static readonly TextPipeline s_pipeline = new()
    {
        Tokens = new CharacterTokens { MinLength = 1, MaxLength = 3, WithinWords = true }, HashBits = Bits, Weighting = new TfIdf { Sublinear = true },
    };

    readonly ThreadLocal<RowMaker> _makers = new(() => new(new TermReader(s_pipeline, s_pipeline.Tokens.Open(ModelParts.None)), new TermHash(Bits), s_pipeline.Weighting, []));
    readonly SparseProjection _projection = new(Width, 0);

    public override string Name => "runs of one to three characters";

    // Texts have most terms for themselves: all are about as far from each other, whatever they are of.
    public const double TermsLeastEffect = 0.002;

    public override double LeastEffect => TermsLeastEffect;

    public override int BatchSize => 256;

    public override IReadOnlyList<Featured> Of(IReadOnlyList<string> items, CancellationToken cancel)
    {
        var made = new Featured[items.Count];
        Parallel.For(0, items.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, at =>
        {
            var maker = _makers.Value!;
            maker.Make(items[at].Trim());
            made[at] = new(items[at], _projection.Of(maker.Columns, maker.Values), null, null);
        });
        return made;
    }

    public override void Dispose() => _makers.Dispose();
}

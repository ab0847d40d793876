using PSFineTune.Attributions;
using PSFineTune.Embeddings;
using PSFineTune.Text.Terms;

namespace PSFineTune.Packaging;

/// <summary>A trained model of terms on texts.</summary>
sealed class TermPredictor(TextVectorizer vectorizer, TermClassifier model) : Predictor
{
    static readonly SparseProjection s_projection = new(width: 256, seed: 0);

    readonly ThreadLocal<RowMaker> _makers = new(vectorizer.NewMaker);
    readonly Lazy<TermReader> _reader = new(vectorizer.NewReader);

    /// <summary>For those who look inside.</summary>
    public TextVectorizer Vectorizer => vectorizer;

    public TermClassifier Model => model;

    // A text takes microseconds: few of them would be less work than parting them.
    public override int BatchSize => 256;

    protected override IReadOnlyList<Scored> Look(IReadOnlyList<string> items, CancellationToken cancel)
    {
        var scored = new Scored[items.Count];
        Parallel.For(0, items.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, at =>
        {
            var maker = _makers.Value!;
            maker.Make(items[at].Trim());
            scored[at] = new(items[at], model.Score(maker.Columns, maker.Values), null);
        });
        return scored;
    }

    public override IReadOnlyList<TermWeight> Explain(string item, int label, int top)
    {
        var maker = _makers.Value!;
        maker.Make(item.Trim());
        var shares = model.Contributions(maker.Columns, maker.Values, label);
        // Hashed columns have no names: the text's own terms tell them.
        var names = new Dictionary<int, string>();
        _reader.Value.Read(item.Trim(), term =>
        {
            if (vectorizer.Index.ColumnOf(term) is var column and >= 0 && !names.ContainsKey(column)) names.Add(column, term.ToString());
        });
        var columns = maker.Columns.ToArray();
        return TermWeight.Strongest(columns.Select((column, at) => new TermWeight { Term = names[column], Weight = shares[at] }), top);
    }

    /// <summary>The text's row of terms, projected to a few hundred numbers.</summary>
    public override IReadOnlyList<Featured> Features(IReadOnlyList<string> items, CancellationToken cancel)
    {
        var made = new Featured[items.Count];
        Parallel.For(0, items.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, at =>
        {
            var maker = _makers.Value!;
            maker.Make(items[at].Trim());
            made[at] = new(items[at], s_projection.Of(maker.Columns, maker.Values), model.Score(maker.Columns, maker.Values), null);
        });
        return made;
    }

    public override bool FeaturesPay => false;

    public override IReadOnlyList<WordWeight> Words(string item, int label)
    {
        var maker = _makers.Value!;
        maker.Make(item);
        var shares = model.Contributions(maker.Columns, maker.Values, label);
        var weightOf = maker.Columns.ToArray().Zip(shares).ToDictionary(pair => pair.First, pair => pair.Second);
        var terms = new List<(int First, int Count, int Column)>();
        _reader.Value.Read(item, (term, first, count) =>
        {
            if (vectorizer.Index.ColumnOf(term) is var column and >= 0) terms.Add((first, count, column));
        });
        var places = _reader.Value.Places;
        return [.. TermPlaces.Words(item, places, TermPlaces.Weights(terms, weightOf, places.Count))
            .Select(word => new WordWeight { Word = item[word.From..word.To], From = word.From, Weight = word.Weight })];
    }

    public override void Dispose() => _makers.Dispose();
}

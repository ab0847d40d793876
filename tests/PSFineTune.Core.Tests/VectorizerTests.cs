using PSFineTune.Data;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Selection;
using PSFineTune.Text.Terms;
using PSFineTune.Text.Weighting;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Rows of texts against scikit-learn 1.2's, and what holds for any pipeline.</summary>
public sealed class VectorizerTests
{
    static readonly Golden s_golden = PixelGolden.Embedded<Golden>("vectorizer.json");

    static readonly TextDataset s_data = TextDataset.Of([.. s_golden.Texts.Select((text, at) => (text, at % 2 == 0 ? "one" : "two", Split.Train))]);

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_golden.Cases.Count)];

    [Theory, MemberData(nameof(Cases))]
    public void Rows_are_those_of_scikit_learn(int number)
    {
        var wanted = s_golden.Cases[number];
        var (vectorizer, learned) = TextVectorizer.Fit(Pipeline(wanted), s_data, s_data.RowsOf(Split.Train), default);
        Same(wanted, learned);
        Assert.Equal(wanted.Terms, Assert.IsType<TermDictionary>(vectorizer.Index).Terms);
        Same(wanted, vectorizer.Rows(s_data, s_data.RowsOf(Split.Train), default));
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_is_stored_gives_the_same_rows(int number)
    {
        var pipeline = Pipeline(s_golden.Cases[number]);
        var stored = TextVectorizer.Fit(pipeline, s_data, s_data.RowsOf(Split.Train), default).Vectorizer.Store();
        Same(s_golden.Cases[number], TextVectorizer.Load(pipeline, stored, "test").Rows(s_data, s_data.RowsOf(Split.Train), default));
    }

    [Fact]
    public void Hashed_columns_hold_what_their_terms_hold()
    {
        var pipeline = new TextPipeline { Weighting = new TfIdf { Sublinear = true } };
        var named = TextVectorizer.Fit(pipeline, s_data, s_data.RowsOf(Split.Train), default).Vectorizer;
        var hashed = TextVectorizer.Fit(pipeline with { HashBits = 24 }, s_data, s_data.RowsOf(Split.Train), default).Vectorizer;
        var terms = ((TermDictionary)named.Index).Terms;
        Assert.Equal(terms.Count, terms.Select(term => hashed.Index.ColumnOf(term)).Distinct().Count());
        var (maker, other) = (named.NewMaker(), hashed.NewMaker());
        foreach (var text in s_golden.Texts)
        {
            maker.Make(text);
            other.Make(text);
            var values = new Dictionary<int, double>();
            for (var i = 0; i < other.Columns.Length; i++) values.Add(other.Columns[i], other.Values[i]);
            Assert.Equal(maker.Columns.Length, values.Count);
            for (var i = 0; i < maker.Columns.Length; i++) Assert.Equal(maker.Values[i], values[hashed.Index.ColumnOf(terms[maker.Columns[i]])], 12);
        }
    }

    [Fact]
    public void The_selector_keeps_the_terms_that_score_highest()
    {
        var pipeline = new TextPipeline();
        var census = TermCensus.Of(s_data, s_data.RowsOf(Split.Train), pipeline, byClass: true, ModelParts.None, default);
        var scores = TermChoice.Scores(census, pipeline, new ChiSquare(), s_data.Classes);
        Assert.Equal(scores.OrderByDescending(scored => scored.Score).Select(scored => scored.Score), scores.Select(scored => scored.Score));
        Assert.Equal(census.Terms.Count, scores.Count);
        var kept = TextVectorizer.Fit(pipeline with { Selector = new ChiSquare(), K = 7 }, s_data, s_data.RowsOf(Split.Train), default).Vectorizer;
        Assert.Equal(scores.Take(7).Select(scored => scored.Term).Order(StringComparer.Ordinal), ((TermDictionary)kept.Index).Terms);
    }

    [Fact]
    public void A_term_that_only_validation_has_is_none()
    {
        var data = TextDataset.Of([("red apple", "a", Split.Train), ("green pear", "b", Split.Train), ("yellow banana", "a", Split.Validation)]);
        var vectorizer = TextVectorizer.Fit(new(), data, data.RowsOf(Split.Train), default).Vectorizer;
        Assert.Equal(["apple", "green", "pear", "red"], ((TermDictionary)vectorizer.Index).Terms);
        Assert.Equal(0, vectorizer.Rows(data, data.RowsOf(Split.Validation), default).Stored);
    }

    [Fact]
    public void A_given_vocabulary_is_kept_to()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "terms.txt");
        File.WriteAllLines(file, ["printer", "vpn", "printer", "unheard"]);
        var vectorizer = TextVectorizer.Fit(new() { Vocabulary = file }, s_data, s_data.RowsOf(Split.Train), default).Vectorizer;
        Assert.Equal(["printer", "vpn", "unheard"], ((TermDictionary)vectorizer.Index).Terms);
    }

    [Fact]
    public void An_emoji_is_one_term_and_comes_back_from_the_store()
    {
        var data = TextDataset.Of([("good 😀", "a", Split.Train), ("bad 😁", "b", Split.Train), ("so so 😐!", "a", Split.Train)]);
        var pipeline = new TextPipeline { Tokens = new PSFineTune.Text.Tokens.PatternTokens { Pattern = @"\w+|[^\w\s]" }, MaxNGram = 2 };
        var (vectorizer, rows) = TextVectorizer.Fit(pipeline, data, data.RowsOf(Split.Train), default);
        Assert.Contains("😀", ((TermDictionary)vectorizer.Index).Terms);
        var again = TextVectorizer.Load(pipeline, vectorizer.Store(), "test").Rows(data, data.RowsOf(Split.Train), default);
        for (var row = 0; row < rows.Count; row++) Assert.Equal(rows.Columns(row).ToArray(), again.Columns(row).ToArray());
    }

    [Fact]
    public void A_term_that_stands_twice_in_a_store_is_damage() =>
        Assert.Equal("DamagedPackage", Assert.Throws<FineTuneException>(() => TextVectorizer.Load(new(), new ModelParts([("text/terms.tsv", "terms", PartSource.Of("\"a\"\t1\n\"a\"\t1\n"))]), "model")).Id);

    [Theory]
    [InlineData(18, 500, 1, 1.0), InlineData(18, 0, 2, 1.0), InlineData(18, 0, 1, 0.5)]
    public void Hashed_terms_have_no_names_to_choose_by(int bits, int k, int documents, double share) =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => new TextPipeline { HashBits = bits, Selector = k > 0 ? new ChiSquare() : null, MinDocuments = documents, MaxDocumentShare = share }.Validate()).Id);

    [Fact]
    public void No_term_left_is_a_clear_error() =>
        Assert.Equal("NoTerms", Assert.Throws<FineTuneException>(() => TextVectorizer.Fit(new() { MinDocuments = 1000 }, s_data, s_data.RowsOf(Split.Train), default)).Id);

    [Theory]
    [InlineData("\"ok\"\t1\nbad\t1\n", 2), InlineData("\"ok\"\n", 1), InlineData("\"a\"\tx\n", 1), InlineData("null\t1\n", 1)]
    public void A_damaged_list_of_terms_is_named_by_its_line(string text, int line)
    {
        var parts = new ModelParts([("text/terms.tsv", "terms", PartSource.Of(text))]);
        Assert.Contains($"Line {line} ", Assert.Throws<FineTuneException>(() => TextVectorizer.Load(new(), parts, "model")).Message, StringComparison.Ordinal);
    }

    static TextPipeline Pipeline(Case wanted) => new()
    {
        MinNGram = wanted.MinNGram, MaxNGram = wanted.MaxNGram, MinDocuments = wanted.MinDocuments, MaxDocumentShare = wanted.MaxDocumentShare,
        Weighting = wanted.Weighting == nameof(TfIdf) ? new TfIdf { Sublinear = wanted.Sublinear, SmoothIdf = wanted.SmoothIdf, Norm = Enum.Parse<Norm>(wanted.Norm, ignoreCase: true) } : Catalog<WeightingSpec>.Create(wanted.Weighting),
    };

    static void Same(Case wanted, SparseRows rows)
    {
        Assert.Equal(wanted.Starts.Count - 1, rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            Assert.Equal(wanted.Columns[wanted.Starts[row]..wanted.Starts[row + 1]].ToArray(), rows.Columns(row).ToArray());
            var values = rows.Values(row).ToArray();
            for (var i = 0; i < values.Length; i++) Assert.Equal(wanted.Values[wanted.Starts[row] + i], values[i], 12);
        }
    }

    sealed record Golden
    {
        public List<string> Texts { get; init; } = [];

        public List<Case> Cases { get; init; } = [];
    }

    sealed record Case
    {
        public string Weighting { get; init; } = "";

        public int MinNGram { get; init; }

        public int MaxNGram { get; init; }

        public int MinDocuments { get; init; }

        public double MaxDocumentShare { get; init; }

        public bool Sublinear { get; init; }

        public bool SmoothIdf { get; init; }

        public string Norm { get; init; } = "";

        public List<string> Terms { get; init; } = [];

        public List<int> Starts { get; init; } = [];

        public List<int> Columns { get; init; } = [];

        public List<double> Values { get; init; } = [];
    }
}

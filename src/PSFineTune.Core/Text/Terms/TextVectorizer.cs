using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PSFineTune.Data;
using PSFineTune.Packaging;

namespace PSFineTune.Text.Terms;

/// <summary>What a text pipeline has learned from the training texts: the terms that count, and their factors. Read by any number of threads.</summary>
sealed class TextVectorizer
{
    const string TermsName = "text/terms.tsv", FactorsName = "text/factors", Kind = "terms";

    readonly TextPipeline _pipeline;
    readonly ModelParts _parts;
    readonly double[] _factors;

    TextVectorizer(TextPipeline pipeline, ModelParts parts, TermIndex index, double[] factors) => (_pipeline, _parts, Index, _factors) = (pipeline, parts, index, factors);

    public TermIndex Index { get; }

    /// <summary>What a term's weight is multiplied by, by column.</summary>
    public IReadOnlyList<double> Factors => _factors;

    /// <summary>Learns from the texts of some rows, and makes their sparse rows.</summary>
    /// <param name="pipeline">What a term is and which count.</param>
    /// <param name="data">Whose samples are texts.</param>
    /// <param name="rows">To learn from.</param>
    /// <param name="cancel">Stops within a few thousand texts.</param>
    /// <exception cref="FineTuneException">NoTerms; the files of the pipeline cannot be read.</exception>
    public static (TextVectorizer Vectorizer, SparseRows Rows) Fit(TextPipeline pipeline, Dataset data, IReadOnlyList<int> rows, CancellationToken cancel)
    {
        if (pipeline.HashBits > 0)
        {
            var hashed = Hashed(pipeline, data, rows, cancel);
            return (hashed, hashed.Rows(data, rows, cancel));
        }
        var census = TermCensus.Of(data, rows, pipeline, byClass: pipeline.Selector is not null, ModelParts.None, cancel);
        var terms = pipeline.Vocabulary is { } file ? [.. TextPart.List(file)] : TermChoice.Of(census, pipeline, data.Classes);
        if (terms.Count == 0) throw Fault.NoTerms(census.Terms.Count, pipeline.MinDocuments);
        var index = new TermDictionary(terms);
        var vectorizer = new TextVectorizer(pipeline, ModelParts.None, index, [.. terms.Select(term => pipeline.Weighting.TermFactor(census.Documents, census.DocumentsWith(term)))]);
        // What was read once is not read again.
        var (made, maker, columns) = (new SparseRows(index.Width), vectorizer.NewMaker(), census.Terms.Select(term => index.ColumnOf(term)).ToArray());
        for (var text = 0; text < rows.Count; text++)
        {
            maker.Make(census.TermsOf(text), columns);
            made.Add(maker.Columns, maker.Values);
        }
        return (vectorizer, made);
    }

    /// <summary>As it was stored with a model.</summary>
    /// <exception cref="FineTuneException">PartMissing, BadTextLine.</exception>
    public static TextVectorizer Load(TextPipeline pipeline, ModelParts parts, string model)
    {
        if (pipeline.HashBits > 0)
            return new(pipeline, parts, new TermHash(pipeline.HashBits), parts.Find(FactorsName) is { } stored ? MemoryMarshal.Cast<byte, double>(stored.Bytes()).ToArray() : throw Fault.PartMissing(model, FactorsName));
        var source = parts.Find(TermsName) ?? throw Fault.PartMissing(model, TermsName);
        var (terms, factors) = (new List<string>(), new List<double>());
        using var reader = new StreamReader(source.Open(), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (Parsed(line) is not { } known) throw Fault.BadTextLine($"{model}/{TermsName}", terms.Count + 1, line, "a term in quotes, a tab, and its factor");
            terms.Add(known.Term);
            factors.Add(known.Factor);
        }
        var index = new TermDictionary(terms);
        return index.Width == factors.Count ? new(pipeline, parts, index, [.. factors]) : throw Fault.DamagedPackage(model, $"'{TermsName}' has a term twice");
    }

    /// <summary>What it takes to be loaded again, the files of the tokenizer too.</summary>
    public ModelParts Store()
    {
        var learned = Index is TermDictionary known
            ? (TermsName, Kind, PartSource.Of(string.Concat(known.Terms.Select((term, column) => string.Create(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(term)}\t{_factors[column]:R}\n")))))
            : (FactorsName, Kind, PartSource.Of(MemoryMarshal.AsBytes<double>(_factors).ToArray()));
        return new([learned, .. _pipeline.Tokens.Files.Select(file => (file.Name, "tokens", _parts.Of(file.Name, file.Path)))]);
    }

    /// <summary>A maker of rows for one thread.</summary>
    public RowMaker NewMaker() => new(new TermReader(_pipeline, _pipeline.Tokens.Open(_parts)), Index, _pipeline.Weighting, _factors);

    /// <summary>A reader of terms for one thread.</summary>
    public TermReader NewReader() => new(_pipeline, _pipeline.Tokens.Open(_parts));

    /// <summary>The rows of texts, in their order.</summary>
    public SparseRows Rows(Dataset data, IReadOnlyList<int> rows, CancellationToken cancel)
    {
        var whole = new SparseRows(Index.Width);
        foreach (var part in TextWork.Run(data, rows, NewMaker, Made, cancel))
            for (var row = 0; row < part.Count; row++) whole.Add(part.Columns(row), part.Values(row));
        return whole;
    }

    static SparseRows Made(RowMaker maker, IEnumerable<(int Row, string Text)> texts)
    {
        var made = new SparseRows();
        foreach (var (_, text) in texts)
        {
            maker.Make(text);
            made.Add(maker.Columns, maker.Values);
        }
        return made;
    }

    // Texts are counted by column, for terms have no names here.
    static TextVectorizer Hashed(TextPipeline pipeline, Dataset data, IReadOnlyList<int> rows, CancellationToken cancel)
    {
        var index = new TermHash(pipeline.HashBits);
        var containing = new int[index.Width];
        var counting = new TextVectorizer(pipeline with { Weighting = new Weighting.Binary() }, ModelParts.None, index, []);
        foreach (var part in TextWork.Run(data, rows, counting.NewMaker, Made, cancel))
            for (var row = 0; row < part.Count; row++)
                foreach (var column in part.Columns(row)) containing[column]++;
        return new(pipeline, ModelParts.None, index, [.. containing.Select(count => pipeline.Weighting.TermFactor(rows.Count, count))]);
    }

    static (string Term, double Factor)? Parsed(string line)
    {
        try
        {
            var tab = line.LastIndexOf('\t');
            return tab > 0 && JsonSerializer.Deserialize<string>(line.AsSpan(0, tab)) is { } term && double.TryParse(line.AsSpan(tab + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
                ? (term, factor) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

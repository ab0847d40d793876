using System.Runtime.InteropServices;
using PSFineTune.Data;
using PSFineTune.Packaging;
using PSFineTune.Text.Selection;

namespace PSFineTune.Text.Terms;

/// <summary>In how many training texts of each class every term stands, and how often in all.</summary>
sealed class TermCensus
{
    readonly TermIds _ids = new();
    readonly List<int> _containing = [];
    readonly List<double> _sums = [];
    readonly int[] _documents;

    TermCensus(int classes) => _documents = new int[classes];

    /// <summary>In the order in which they are first seen.</summary>
    public IReadOnlyList<string> Terms => _ids.Terms;

    /// <summary>Texts.</summary>
    public int Documents => _documents.Sum();

    /// <summary>Counts the terms of texts.</summary>
    /// <param name="data">Whose samples are texts.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="pipeline">What a term is.</param>
    /// <param name="parts">Files of the tokenizer that are at hand.</param>
    /// <param name="cancel">Stops within a few hundred texts.</param>
    public static TermCensus Of(Dataset data, IReadOnlyList<int> rows, TextPipeline pipeline, ModelParts parts, CancellationToken cancel)
    {
        var whole = new TermCensus(data.Classes.Count);
        foreach (var part in Texts.Work(data, rows, () => new TermReader(pipeline, pipeline.Tokens.Open(parts)), (reader, texts) => Counted(data, reader, texts), cancel)) whole.Add(part);
        return whole;
    }

    /// <summary>Texts that contain the term.</summary>
    public int DocumentsWith(string term)
    {
        var sum = 0;
        if (_ids.Find(term) is var id and >= 0) foreach (var count in Row(_containing, id)) sum += count;
        return sum;
    }

    /// <summary>How often the term stands in all texts.</summary>
    public double Total(string term)
    {
        var sum = 0.0;
        if (_ids.Find(term) is var id and >= 0) foreach (var count in Row(_sums, id)) sum += count;
        return sum;
    }

    /// <summary>What a formula makes of a term.</summary>
    /// <param name="term">One of <see cref="Terms"/>.</param>
    /// <param name="scorer">The formula.</param>
    /// <param name="byClass">Filled with the scores for each class.</param>
    public double Score(string term, TermScorer scorer, Span<double> byClass) =>
        _ids.Find(term) is var id and >= 0 ? scorer.Score(new(Row(_containing, id), Row(_sums, id), _documents), byClass) : double.NegativeInfinity;

    Span<T> Row<T>(List<T> table, int id) => CollectionsMarshal.AsSpan(table).Slice(id * _documents.Length, _documents.Length);

    static TermCensus Counted(Dataset data, TermReader reader, IEnumerable<(int Row, string Text)> texts)
    {
        var part = new TermCensus(data.Classes.Count);
        // The last text that a term was seen in: it is counted once a text, and in all as often as it stands there.
        var last = new List<int>();
        foreach (var (row, text) in texts)
        {
            var label = data.LabelAt(row);
            part._documents[label]++;
            reader.Read(text, term =>
            {
                var id = part.Id(term);
                if (id == last.Count) last.Add(-1);
                part.Row(part._sums, id)[label]++;
                if (last[id] == row) return;
                last[id] = row;
                part.Row(part._containing, id)[label]++;
            });
        }
        return part;
    }

    int Id(ReadOnlySpan<char> term)
    {
        var id = _ids.Add(term);
        if (_containing.Count < _ids.Count * _documents.Length)
        {
            CollectionsMarshal.SetCount(_containing, _ids.Count * _documents.Length);
            CollectionsMarshal.SetCount(_sums, _ids.Count * _documents.Length);
            Row(_containing, id).Clear();
            Row(_sums, id).Clear();
        }
        return id;
    }

    void Add(TermCensus part)
    {
        for (var label = 0; label < _documents.Length; label++) _documents[label] += part._documents[label];
        for (var theirs = 0; theirs < part.Terms.Count; theirs++)
        {
            var id = Id(part.Terms[theirs]);
            for (var label = 0; label < _documents.Length; label++)
            {
                Row(_containing, id)[label] += part.Row(part._containing, theirs)[label];
                Row(_sums, id)[label] += part.Row(part._sums, theirs)[label];
            }
        }
    }
}

using System.Runtime.CompilerServices;
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
    // Every term of every text, one after the other, and where each text ends.
    readonly List<int> _seen = [], _ends = [];
    // By term: the last text that it was seen in.
    readonly List<int> _last = [];

    TermCensus(int classes) => _documents = new int[classes];

    /// <summary>In the order in which they are first seen.</summary>
    public IReadOnlyList<string> Terms => _ids.Terms;

    /// <summary>Texts.</summary>
    public int Documents => _documents.Sum();

    /// <summary>The numbers of a text's terms, each as often as it stands there, in the order of the text.</summary>
    /// <param name="text">Place among those that were counted.</param>
    public ReadOnlySpan<int> TermsOf(int text)
    {
        var begin = text == 0 ? 0 : _ends[text - 1];
        return CollectionsMarshal.AsSpan(_seen)[begin.._ends[text]];
    }

    /// <summary>Counts the terms of texts.</summary>
    /// <param name="data">Whose samples are texts.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="pipeline">What a term is.</param>
    /// <param name="byClass">Apart for each class, as scores need it; else all together, in less memory.</param>
    /// <param name="parts">Files of the tokenizer that are at hand.</param>
    /// <param name="cancel">Stops within a few hundred texts.</param>
    public static TermCensus Of(Dataset data, IReadOnlyList<int> rows, TextPipeline pipeline, bool byClass, ModelParts parts, CancellationToken cancel)
    {
        var whole = new TermCensus(byClass ? data.Classes.Count : 1);
        foreach (var part in TextWork.Run(data, rows, () => new TermReader(pipeline, pipeline.Tokens.Open(parts)), (reader, texts) => Read(data, reader, texts), cancel)) whole.Add(part);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Add(PartTerms part)
    {
        var ours = new int[part.Ids.Count];
        for (var theirs = 0; theirs < ours.Length; theirs++) ours[theirs] = _ids.Add(part.Ids.Terms[theirs]);
        if ((long)_ids.Count * _documents.Length > Array.MaxLength) throw Fault.TooManyTerms(_ids.Count, _documents.Length);
        CollectionsMarshal.SetCount(_containing, _ids.Count * _documents.Length);
        CollectionsMarshal.SetCount(_sums, _ids.Count * _documents.Length);
        while (_last.Count < _ids.Count) _last.Add(-1);
        for (var (text, at) = (0, 0); text < part.Ends.Count; text++)
        {
            var label = _documents.Length == 1 ? 0 : part.Labels[text];
            _documents[label]++;
            for (; at < part.Ends[text]; at++)
            {
                var id = ours[part.Seen[at]];
                _seen.Add(id);
                Row(_sums, id)[label]++;
                // Once a text, and in all as often as it stands there.
                if (_last[id] == _ends.Count) continue;
                _last[id] = _ends.Count;
                Row(_containing, id)[label]++;
            }
            _ends.Add(_seen.Count);
        }
    }

    static PartTerms Read(Dataset data, TermReader reader, IEnumerable<(int Row, string Text)> texts)
    {
        var part = new PartTerms();
        foreach (var (row, text) in texts)
        {
            reader.Read(text, term => part.Seen.Add(part.Ids.Add(term)));
            part.Ends.Add(part.Seen.Count);
            part.Labels.Add(data.LabelAt(row));
        }
        return part;
    }

    /// <summary>The terms of some texts, by numbers of their own.</summary>
    sealed class PartTerms
    {
        public TermIds Ids { get; } = new();

        public List<int> Seen { get; } = [];

        public List<int> Ends { get; } = [];

        public List<int> Labels { get; } = [];
    }
}

using PSFineTune.Data;
using PSFineTune.Text.Terms;

namespace PSFineTune.Audit;

/// <summary>What one pass over texts has learned of each; some 60 bytes a text, and none of the texts themselves.</summary>
sealed class TextSurvey : Survey
{
    readonly TextDataset _data;
    readonly TextTrace[] _traces;
    readonly Lazy<int[]> _firsts;
    readonly Lazy<int[]> _near;

    TextSurvey(TextDataset data, TextTrace[] traces, CancellationToken cancel)
    {
        (_data, _traces) = (data, traces);
        _firsts = new(() => TextTwins.Firsts(traces, data.SplitAt));
        _near = new(() => NearTexts.Find(traces, _firsts.Value, data.SplitAt, data.TextAt, cancel));
    }

    /// <param name="data">As they were imported.</param>
    /// <param name="cancel">Stops within a few thousand texts.</param>
    public static TextSurvey Of(TextDataset data, CancellationToken cancel)
    {
        var (traces, at) = (new TextTrace[data.Count], 0);
        foreach (var part in TextWork.Run(data, [.. Enumerable.Range(0, data.Count)], () => new TextTracer(), (tracer, texts) => texts.Select(row => tracer.Of(row.Text)).ToArray(), cancel))
        {
            part.CopyTo(traces, at);
            at += part.Length;
        }
        return new(data, traces, cancel);
    }

    public override IReadOnlyList<string> Classes => _data.Classes;

    public override int Count => _data.Count;

    public override int LabelAt(int row) => _data.LabelAt(row);

    public override Split SplitAt(int row) => _data.SplitAt(row);

    public override Place PlaceAt(int row) => _data.SampleAt(row) is TextSample sample ? new(sample.Path, sample.Line) : new(Root);

    /// <summary>The file or folder of the texts.</summary>
    public override string Root => _data.Root;

    /// <summary>Rows and files that are in no split.</summary>
    public IReadOnlyList<SkippedText> Skipped => _data.Skipped;

    public string TextAt(int row) => _data.TextAt(row);

    public TextTrace TraceAt(int row) => _traces[row];

    /// <summary>The first text, those to learn from before others, that is the same but for case, white space, punctuation and forms of characters; the row itself where it is that.</summary>
    public int FirstOf(int row) => _firsts.Value[row];

    /// <summary>A text before it that has most of its words in the same order; -1 where there is none, or where it is the same as another.</summary>
    public int NearOf(int row) => _near.Value[row];

    /// <summary>Rows that have a mark.</summary>
    public IEnumerable<int> Marked(TextMarks mark) => Enumerable.Range(0, Count).Where(row => (_traces[row].Marks & mark) != 0);

    /// <summary>The beginning of a text, for a message.</summary>
    public string Quoted(int row) => Quoted(TextAt(row));

    /// <summary>The same of a text that was read.</summary>
    public static string Quoted(string text)
    {
        const int most = 50;
        text = string.Concat(text.Take(4 * most).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        if (text.Length > most) text = text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";
        return $"'{text}'";
    }
}

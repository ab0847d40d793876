using PSFineTune.Data;
using PSFineTune.Packaging;
using PSFineTune.Text.Tokens;

namespace PSFineTune.Text;

/// <summary>The words that a network gets rows for.</summary>
static class WordList
{
    /// <summary>A user's list where the pipeline names one; else the words of the training texts, those of most texts first, then those of the vectors.</summary>
    /// <param name="pipeline">Its tokens, its limits on words, and its list.</param>
    /// <param name="data">Whose training texts are read.</param>
    /// <param name="vectors">Null for none.</param>
    /// <param name="size">Most words.</param>
    /// <param name="cancel">Checked for every text.</param>
    /// <exception cref="FineTuneException">CannotRead, and the faults of the tokens.</exception>
    public static IReadOnlyList<string> Of(TextPipeline pipeline, Dataset data, WordVectors? vectors, int size, CancellationToken cancel)
    {
        if (pipeline.VocabularySize > 0) size = Math.Min(size, pipeline.VocabularySize);
        if (pipeline.Vocabulary is { } list) return [.. TextPart.List(list).Take(size)];
        var rows = data.RowsOf(Split.Train);
        var texts = Counted(pipeline, data, rows, cancel);
        var words = texts.Where(pair => pair.Value >= pipeline.MinDocuments && pair.Value <= pipeline.MaxDocumentShare * rows.Length)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        return [.. words.Concat(vectors?.Read().Select(pair => pair.Word).Where(IsLine).Distinct(StringComparer.Ordinal).Where(word => !words.Contains(word)) ?? []).Take(size)];
    }

    // In how many texts each word is.
    static Dictionary<string, int> Counted(TextPipeline pipeline, Dataset data, int[] rows, CancellationToken cancel)
    {
        var (tokenizer, tokens, counts, own) = (pipeline.Tokens.Open(ModelParts.None), new TokenBuffer(), new Dictionary<string, int>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            tokens.Clear();
            own.Clear();
            tokenizer.Tokenize(data.SampleAt(row).Item, tokens);
            for (var i = 0; i < tokens.Count; i++)
                if (tokens[i].ToString() is var word && IsLine(word) && own.Add(word)) counts[word] = counts.GetValueOrDefault(word) + 1;
        }
        return counts;
    }

    // The list is kept as lines.
    static bool IsLine(string word) => word.Length > 0 && word.AsSpan().IndexOfAny('\r', '\n') < 0;
}

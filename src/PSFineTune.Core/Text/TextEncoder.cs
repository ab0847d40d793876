using System.Collections.Concurrent;
using PSFineTune.Packaging;
using PSFineTune.Text.Tokens;

namespace PSFineTune.Text;

/// <summary>Texts to the numbers of their words, cut off at the pipeline's length; on any number of threads.</summary>
sealed class TextEncoder(TextPipeline pipeline, ModelParts parts, WordIds words)
{
    readonly ConcurrentBag<(Tokenizer Tokenizer, TokenBuffer Buffer)> _spare = [];

    /// <summary>Most numbers of a text.</summary>
    public int Longest => pipeline.MaxLength;

    public WordIds Words => words;

    /// <summary>Writes a text's numbers; one without any word is one unknown word.</summary>
    /// <param name="text">Any.</param>
    /// <param name="ids">As many as <see cref="Longest"/>; padding behind the last.</param>
    /// <returns>How many there are, 1 or above.</returns>
    public int Encode(string text, Span<long> ids)
    {
        var numbers = Read(text, tokens =>
        {
            var kept = new long[Math.Min(tokens.Count, Room)];
            for (var i = 0; i < kept.Length; i++) kept[i] = words.Of(tokens[i]);
            return kept;
        });
        if (words.Frame is { } frame) numbers = [frame.First, .. numbers, frame.Last];
        else if (numbers.Length == 0) numbers = [words.Unknown];
        ids.Fill(WordIds.Padding);
        numbers.CopyTo(ids);
        return numbers.Length;
    }

    /// <summary>How many numbers <see cref="Encode"/> makes of a text.</summary>
    public int LengthOf(string text) => Math.Max(1, Read(text, tokens => Math.Min(tokens.Count, Room)) + (words.Frame is null ? 0 : 2));

    /// <summary>The tokens that <see cref="Encode"/> makes numbers of, and where they stand; null for what is put around them.</summary>
    public IReadOnlyList<(string Term, Token? Place)> Tokens(string text)
    {
        var own = Read(text, tokens => Enumerable.Range(0, Math.Min(tokens.Count, Room)).Select(i => (tokens[i].ToString(), (Token?)tokens.Place(i))).ToList());
        return words.Frame is { } frame ? [(words.Terms[frame.First], null), .. own, (words.Terms[frame.Last], null)] : own;
    }

    int Room => Longest - (words.Frame is null ? 0 : 2);

    T Read<T>(string text, Func<TokenBuffer, T> read)
    {
        if (!_spare.TryTake(out var own)) own = (pipeline.Tokens.Open(parts), new());
        own.Buffer.Clear();
        own.Tokenizer.Tokenize(text, own.Buffer);
        var result = read(own.Buffer);
        _spare.Add(own);
        return result;
    }
}

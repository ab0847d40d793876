using PSFineTune.Text.Tokens;

namespace PSFineTune.Text.Terms;

/// <summary>Told of a term; the characters are only there during the call.</summary>
delegate void TermSeen(ReadOnlySpan<char> term);

/// <summary>Told of a term and of the tokens that it is made of, from the first on.</summary>
delegate void TermFound(ReadOnlySpan<char> term, int first, int count);

/// <summary>The terms of texts: their tokens and n-grams of them. For one thread.</summary>
/// <param name="pipeline">How long n-grams are.</param>
/// <param name="tokenizer">Of this thread.</param>
sealed class TermReader(TextPipeline pipeline, Tokenizer tokenizer)
{
    readonly TokenBuffer _tokens = new();
    readonly string _joint = pipeline.Tokens.Joint;
    char[] _joined = new char[256];

    /// <summary>Where the tokens of the text read last stand, in their order.</summary>
    public IReadOnlyList<Token> Places => [.. Enumerable.Range(0, _tokens.Count).Select(_tokens.Place)];

    /// <summary>Every term, as often as it stands in the text.</summary>
    public void Read(string text, TermSeen seen) => Read(text, (term, _, _) => seen(term));

    /// <summary>As <see cref="Read(string, TermSeen)"/>, with the tokens that a term is made of.</summary>
    public void Read(string text, TermFound seen)
    {
        _tokens.Clear();
        tokenizer.Tokenize(text, _tokens);
        for (var first = 0; first < _tokens.Count; first++)
        {
            if (pipeline.MaxNGram == 1)
            {
                seen(_tokens[first], first, 1);
                continue;
            }
            var length = 0;
            for (var count = 1; count <= pipeline.MaxNGram && first + count <= _tokens.Count; count++)
            {
                if (count > 1) length = Append(_joint, length);
                length = Append(_tokens[first + count - 1], length);
                if (count >= pipeline.MinNGram) seen(_joined.AsSpan(0, length), first, count);
            }
        }
    }

    int Append(ReadOnlySpan<char> part, int at)
    {
        if (at + part.Length > _joined.Length) Array.Resize(ref _joined, Math.Max(2 * _joined.Length, at + part.Length));
        part.CopyTo(_joined.AsSpan(at));
        return at + part.Length;
    }
}

using PSFineTune.Text.Tokens;

namespace PSFineTune.Text.Terms;

/// <summary>Told of a term; the characters are only there during the call.</summary>
delegate void TermSeen(ReadOnlySpan<char> term);

/// <summary>The terms of texts: their tokens and n-grams of them. For one thread.</summary>
/// <param name="pipeline">How long n-grams are.</param>
/// <param name="tokenizer">Of this thread.</param>
sealed class TermReader(TextPipeline pipeline, Tokenizer tokenizer)
{
    readonly TokenBuffer _tokens = new();
    readonly string _joint = pipeline.Tokens.Joint;
    char[] _joined = new char[256];

    /// <summary>Every term, as often as it stands in the text.</summary>
    public void Read(string text, TermSeen seen)
    {
        _tokens.Clear();
        tokenizer.Tokenize(text, _tokens);
        for (var first = 0; first < _tokens.Count; first++)
        {
            if (pipeline.MaxNGram == 1)
            {
                seen(_tokens[first]);
                continue;
            }
            var length = 0;
            for (var count = 1; count <= pipeline.MaxNGram && first + count <= _tokens.Count; count++)
            {
                if (count > 1) length = Append(_joint, length);
                length = Append(_tokens[first + count - 1], length);
                if (count >= pipeline.MinNGram) seen(_joined.AsSpan(0, length));
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

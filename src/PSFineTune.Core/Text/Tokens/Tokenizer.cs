namespace PSFineTune.Text.Tokens;

/// <summary>Takes texts apart. Works in buffers of its own, so one thread uses it at a time; what it reads is shared.</summary>
abstract class Tokenizer
{
    /// <summary>The tokens of a text.</summary>
    /// <param name="text">Any.</param>
    /// <param name="tokens">Added to, in the order of the text.</param>
    public abstract void Tokenize(string text, TokenBuffer tokens);
}

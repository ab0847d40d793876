using PSFineTune.Text.Tokens;

namespace PSFineTune.Text;

/// <summary>A token of a text.</summary>
public sealed record TextToken
{
    /// <summary>As a model sees it: lower-cased or stemmed where that was asked for.</summary>
    public string Text { get; init; } = "";

    /// <summary>Part of speech, jieba's tags such as n or v; null where none was asked for.</summary>
    public string? PartOfSpeech { get; init; }

    /// <summary>Which text it is of, from 0 in their order.</summary>
    public int Source { get; init; }

    /// <summary>Where it begins in its text, UTF-16 units from 0: $text.Substring($_.From, $_.Length) is what stands there.</summary>
    public int From { get; init; }

    /// <summary>UTF-16 units of what stands there.</summary>
    public int Length { get; init; }

    /// <summary>The tokens of a text, in order.</summary>
    internal static List<TextToken> All(Tokenizer tokenizer, string text, int source)
    {
        var buffer = new TokenBuffer();
        tokenizer.Tokenize(text, buffer);
        var tokens = new List<TextToken>(buffer.Count);
        for (var i = 0; i < buffer.Count; i++)
            tokens.Add(new() { Text = buffer[i].ToString(), PartOfSpeech = buffer.Place(i).PartOfSpeech, Source = source, From = buffer.Place(i).From, Length = buffer.Place(i).Length });
        return tokens;
    }
}

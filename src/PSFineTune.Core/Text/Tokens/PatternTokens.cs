using System.Text.RegularExpressions;
using PSFineTune.Packaging;

namespace PSFineTune.Text.Tokens;

/// <summary>Every match of a regular expression is a token, as scikit-learn's token_pattern; the default is its own, words of two characters or more.</summary>
public sealed record PatternTokens : TokenizerSpec
{
    /// <summary>Regular expression, .NET's syntax.</summary>
    public string Pattern { get; init; } = @"\b\w\w+\b";

    /// <summary>Upper and lower case are the same.</summary>
    public bool Lowercase { get; init; } = true;

    internal override void Validate() => Matcher();

    internal override Tokenizer Open(ModelParts parts) => new Machine(Matcher(), Lowercase);

    Regex Matcher()
    {
        try
        {
            return new(Pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(10));
        }
        catch (ArgumentException wrong)
        {
            throw Fault.BadPlanSetting(nameof(Pattern), Pattern, $"a regular expression ({wrong.Message})");
        }
    }

    sealed class Machine(Regex pattern, bool lowercase) : Tokenizer
    {
        public override void Tokenize(string text, TokenBuffer tokens)
        {
            if (lowercase) text = text.ToLowerInvariant();
            foreach (var match in pattern.EnumerateMatches(text)) tokens.Add(text.AsSpan(match.Index, match.Length), new(match.Index, match.Length));
        }
    }
}

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

    /// <summary>Words to leave out; upper and lower case are the same.</summary>
    public IReadOnlyList<string> StopWords { get; init => field = (value ?? []).ToIndexable(); } = [];

    public bool Equals(PatternTokens? other) => other is not null && (Pattern, Lowercase) == (other.Pattern, other.Lowercase) && StopWords.SequenceEqual(other.StopWords);

    public override int GetHashCode() => HashCode.Combine(Pattern, Lowercase, StopWords.Count);

    internal override void Validate() => Matcher();

    internal override Tokenizer Open(ModelParts parts) => new Machine(Matcher(), Lowercase, new(StopWords, StringComparer.OrdinalIgnoreCase));

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

    sealed class Machine(Regex pattern, bool lowercase, HashSet<string> stopWords) : Tokenizer
    {
        public override void Tokenize(string text, TokenBuffer tokens)
        {
            if (lowercase) text = text.ToLowerInvariant();
            foreach (var match in pattern.EnumerateMatches(text))
            {
                var (from, length) = Whole(text, match.Index, match.Length);
                var term = text.AsSpan(from, length);
                if (length > 0 && (stopWords.Count == 0 || !stopWords.Contains(term.ToString()))) tokens.Add(term, new(from, length));
            }
        }

        // A pattern sees the two halves of an emoji as characters; half of one is no text that could be stored.
        static (int From, int Length) Whole(string text, int from, int length)
        {
            var end = from + length;
            if (end > from && end < text.Length && char.IsSurrogatePair(text[end - 1], text[end])) end++;
            if (from > 0 && from < text.Length && char.IsSurrogatePair(text[from - 1], text[from])) from++;
            return (from, Math.Max(0, end - from));
        }
    }
}

using System.Text;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Text.Tokens;

/// <summary>
/// Characters, or runs of them, as scikit-learn's analyzers char and char_wb: what tells texts apart where words are misspelt
/// or not divided. Several white spaces are one. Single characters may be joined by a pipeline's n-grams as well.
/// </summary>
public sealed record CharacterTokens : TokenizerSpec
{
    /// <summary>Characters of the shortest tokens, 1 to 10.</summary>
    public int MinLength { get; init; } = 1;

    /// <summary>Characters of the longest, MinLength to 10.</summary>
    public int MaxLength { get; init; } = 1;

    /// <summary>No token has characters of two words; a word has a space at either side, and one shorter than a token is a token. As char_wb.</summary>
    public bool WithinWords { get; init; }

    /// <summary>Upper and lower case are the same.</summary>
    public bool Lowercase { get; init; } = true;

    internal override string Joint => "";

    internal override void Validate()
    {
        PlanCheck.Require(MinLength is >= 1 and <= 10, nameof(MinLength), MinLength, "1 to 10");
        PlanCheck.Require(MaxLength >= MinLength && MaxLength <= 10, nameof(MaxLength), MaxLength, $"{MinLength} (MinLength) to 10");
    }

    internal override Tokenizer Open(ModelParts parts) => new Machine(this);

    sealed class Machine(CharacterTokens spec) : Tokenizer
    {
        // What tokens are made of, and where each of its characters begins in it and stands in the text.
        readonly StringBuilder _line = new();
        readonly List<(int Begin, Token Place)> _characters = [];
        char[] _letters = [];

        public override void Tokenize(string text, TokenBuffer tokens)
        {
            if (spec.Lowercase) text = text.ToLowerInvariant();
            Clear();
            for (var from = 0; from < text.Length;)
            {
                var to = from;
                while (to < text.Length && char.IsWhiteSpace(text[to])) to++;
                if (to == from)
                {
                    if (spec.WithinWords && _line.Length == 0) Append(" ", new(from, 0));
                    to += from + 1 < text.Length && char.IsSurrogatePair(text[from], text[from + 1]) ? 2 : 1;
                    Append(text.AsSpan(from, to - from), new(from, to - from));
                }
                else if (spec.WithinWords) Word(from, tokens);
                else Append(to - from > 1 ? " " : text.AsSpan(from, 1), new(from, to - from));
                from = to;
            }
            if (spec.WithinWords) Word(text.Length, tokens);
            else Runs(tokens);
        }

        void Word(int end, TokenBuffer tokens)
        {
            if (_line.Length == 0) return;
            Append(" ", new(end, 0));
            Runs(tokens);
            Clear();
        }

        void Runs(TokenBuffer tokens)
        {
            if (_letters.Length < _line.Length) _letters = new char[2 * _line.Length];
            _line.CopyTo(0, _letters, _line.Length);
            for (var length = spec.MinLength; length <= spec.MaxLength; length++)
            {
                // A word that is shorter counts once.
                if (length >= _characters.Count && spec.WithinWords)
                {
                    Add(0, _characters.Count, tokens);
                    return;
                }
                for (var from = 0; from + length <= _characters.Count; from++) Add(from, from + length, tokens);
            }
        }

        void Add(int from, int to, TokenBuffer tokens)
        {
            var (begin, end) = (_characters[from].Begin, to < _characters.Count ? _characters[to].Begin : _line.Length);
            var (first, last) = (_characters[from].Place, _characters[to - 1].Place);
            tokens.Add(_letters.AsSpan(begin, end - begin), new(first.From, last.From + last.Length - first.From));
        }

        void Append(ReadOnlySpan<char> character, Token place)
        {
            _characters.Add((_line.Length, place));
            _line.Append(character);
        }

        void Clear()
        {
            _line.Clear();
            _characters.Clear();
        }
    }
}

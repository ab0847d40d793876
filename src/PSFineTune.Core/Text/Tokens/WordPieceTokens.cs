using System.Collections.Concurrent;
using Microsoft.ML.Tokenizers;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Text.Tokens;

/// <summary>
/// BERT's tokens: words, punctuation marks and Chinese characters one by one, each taken apart into the longest pieces that
/// a vocabulary has; pieces but a word's first begin with ##.
/// </summary>
public sealed record WordPieceTokens : TokenizerSpec
{
    internal const string PartName = "tokens/vocab.txt";

    const string Unknown = "[UNK]";

    // By content: a vocabulary is read once a process.
    static readonly ConcurrentDictionary<string, (WordPieceTokenizer Pieces, IReadOnlyList<string> Terms)> s_read = new(StringComparer.Ordinal);

    /// <summary>A vocab.txt, one piece a line, full path; that beside the weights where it is left out.</summary>
    public string Vocabulary { get; init; } = "";

    /// <summary>Upper and lower case are the same, and so are letters with and without accents; as the vocabulary was made.</summary>
    public bool Lowercase { get; init; } = true;

    internal override string Joint => "";

    internal override IEnumerable<(string Name, string Path)> Files => [(PartName, Vocabulary)];

    internal override TokenizerSpec Resolve(Func<string, string> full) => Vocabulary == "" ? this : this with { Vocabulary = full(Vocabulary) };

    internal override void Validate() => PlanCheck.Require(Vocabulary != "", nameof(Vocabulary), null, "the vocab.txt of the weights; lay it beside them, or name it in -TextPipeline as @{ WordPieceTokens = @{ Vocabulary = 'vocab.txt' } }");

    internal override Tokenizer Open(ModelParts parts)
    {
        var source = parts.Of(PartName, Vocabulary);
        var (pieces, terms) = s_read.GetOrAdd(source.Sha256(), _ => Read(source, Vocabulary));
        return new Machine(pieces, terms, Lowercase);
    }

    static (WordPieceTokenizer, IReadOnlyList<string>) Read(PartSource source, string path)
    {
        using var stream = source.Open();
        try
        {
            return (WordPieceTokenizer.Create(stream, new() { UnknownToken = Unknown }), WordIds.Lines(source));
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
        {
            throw Fault.BadVocabulary(path, wrong.Message);
        }
    }

    sealed class Machine(WordPieceTokenizer pieces, IReadOnlyList<string> terms, bool lowercase) : Tokenizer
    {
        readonly BertWords _words = new(lowercase);

        public override void Tokenize(string text, TokenBuffer tokens)
        {
            foreach (var (from, length) in _words.Split(text))
            {
                var word = _words.Characters.Slice(from, length);
                var at = from;
                foreach (var piece in pieces.EncodeToIds(word.Span, considerPreTokenization: false, considerNormalization: false))
                {
                    var term = terms[piece];
                    var end = term == Unknown ? from + length : at + term.Length - (at > from ? 2 : 0);
                    tokens.Add(term, _words.PlaceOf(at, end));
                    at = end;
                }
            }
        }
    }
}

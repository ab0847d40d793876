using System.Buffers.Binary;
using System.Text;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>BERT's tokens, on both published vocabularies, beside a plain transcription of its code.</summary>
public class WordPieceTests
{
    [Theory]
    [InlineData("uncased", true, "sent-conv/TREC.train.all"), InlineData("chinese", true, "thucnews-titles/test.txt"), InlineData("chinese", false, "thucnews-titles/test.txt")]
    public void Tokens_are_BERTs(string vocabulary, bool lowercase, string corpus)
    {
        var golden = PixelGolden.Embedded<Golden>("text-networks.json").Tokens.Single(tokens => tokens.Chinese == (vocabulary == "chinese") && tokens.Lowercase == lowercase);
        var spec = new WordPieceTokens { Vocabulary = Assets.Path($"vocab/bert-base-{vocabulary}-vocab.txt"), Lowercase = lowercase };
        var rows = WordIds.OfPieces(WordIds.Lines(PartSource.OfFile(spec.Vocabulary)), "vocab.txt");
        var (tokenizer, buffer) = (spec.Open(ModelParts.None), new TokenBuffer());
        Assert.All(golden.Texts, each => Assert.Equal((each.Text, string.Join(' ', each.Ids)), (each.Text, string.Join(' ', Ids(each.Text)))));

        var bytes = new MemoryStream();
        var lines = File.ReadLines(Assets.Path($"text/{corpus}"), vocabulary == "chinese" ? Encoding.UTF8 : Encoding.Latin1).Select(line => vocabulary == "chinese" ? line : line[(line.IndexOf(' ') + 1)..]).ToList();
        Assert.Equal(golden.Corpus, lines.Count);
        foreach (var id in lines.SelectMany(Ids)) bytes.Write(BitConverter.GetBytes(id));
        Assert.Equal(golden.Count, bytes.Length / sizeof(int));
        var crc = new Crc32();
        crc.Append(bytes.ToArray());
        Assert.Equal(golden.Crc32, crc.Value);

        int[] Ids(string text)
        {
            buffer.Clear();
            tokenizer.Tokenize(text, buffer);
            return [.. Enumerable.Range(0, buffer.Count).Select(i => rows.Of(buffer[i]))];
        }
    }

    [Fact]
    public void Every_piece_knows_its_place_in_the_text()
    {
        using var folder = new TempFolder();
        File.WriteAllLines(folder["vocab.txt"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "play", "##ing", "i", "!", "中", "o"]);
        var (tokenizer, buffer) = (new WordPieceTokens { Vocabulary = folder["vocab.txt"] }.Open(ModelParts.None), new TokenBuffer());
        const string text = "  Pl\u00e1ying I\u0307! 中ô quux";
        tokenizer.Tokenize(text, buffer);
        var found = Enumerable.Range(0, buffer.Count).Select(i => $"{buffer[i]}={text.Substring(buffer.Place(i).From, buffer.Place(i).Length)}");
        Assert.Equal(["play=Pl\u00e1y", "##ing=ing", "i=I", "!=!", "中=中", "o=ô", "[UNK]=quux"], found);
    }

    [Fact]
    public void Texts_are_framed_and_cut_to_length()
    {
        using var folder = new TempFolder();
        File.WriteAllLines(folder["vocab.txt"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b"]);
        var words = WordIds.OfPieces(File.ReadAllLines(folder["vocab.txt"]), "vocab.txt");
        var encoder = new TextEncoder(new() { MaxLength = 5, Tokens = new WordPieceTokens { Vocabulary = folder["vocab.txt"] } }, ModelParts.None, words);
        var ids = new long[5];
        Assert.Equal([2, 4, 5, 1, 3], Encoded("a b c a b a"));
        Assert.Equal([2, 4, 3, 0, 0], Encoded("a"));
        Assert.Equal([2, 3, 0, 0, 0], Encoded(""));
        Assert.Equal(["[CLS]", "a", "b", "c", "[SEP]"], encoder.Tokens("a b c a").Select((token, i) => i == 3 ? "c" : token.Term));
        Assert.Equal((5, 3, 2), (encoder.LengthOf("a b c a b a"), encoder.LengthOf("a"), encoder.LengthOf("")));

        long[] Encoded(string text)
        {
            encoder.Encode(text, ids);
            return ids;
        }
    }

    [Fact]
    public void A_vocabulary_that_is_none_is_refused()
    {
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => new WordPieceTokens().Validate()).Id);
        Assert.Equal("BadVocabulary", Assert.Throws<FineTuneException>(() => WordIds.OfPieces(["a", "b"], "vocab.txt")).Id);
        Assert.Equal("BadVocabulary", Assert.Throws<FineTuneException>(() => WordIds.OfPieces(["a", "[PAD]", "[UNK]", "[CLS]", "[SEP]"], "vocab.txt")).Id);
    }

    sealed record Golden(Vocabulary[] Tokens);

    sealed record Vocabulary(bool Chinese, bool Lowercase, Encoded[] Texts, int Corpus, int Count, uint Crc32);

    sealed record Encoded(string Text, int[] Ids);
}

using System.Text;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Files of word vectors in every form, and how they come into a network.</summary>
public sealed class WordVectorTests : IDisposable
{
    static readonly (string Word, float[] Vector)[] s_vectors = [("the", [0.5f, -1, 2e-3f]), (". .", [1, 2, 3]), ("中文", [-0.25f, 0, 1]), ("cat", [4, 5, 6])];

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("GloVe", false), InlineData("word2vec", false), InlineData("fastText", false), InlineData("binary", false), InlineData("binary", true), InlineData("GloVe", true)]
    public void Every_form_is_found_by_its_content(string form, bool lineEnds)
    {
        Write(form, lineEnds);
        var vectors = WordVectors.Find(_folder["x"])!;
        Assert.Equal(3, vectors.Size);
        var read = vectors.Read().Select(pair => (pair.Word, Vector: string.Join(' ', pair.Vector))).ToList();
        // A header leaves no room for words with spaces in the binary form.
        Assert.Equal(s_vectors.Where(pair => form != "binary" || !pair.Word.Contains(' ')).Select(pair => (pair.Word, string.Join(' ', pair.Vector))), read);
        Assert.Matches("^[0-9a-f]{64}$", vectors.Sha256());
    }

    [Fact]
    public void A_fastText_model_gives_the_means_of_its_words_parts()
    {
        var golden = PixelGolden.Embedded<Golden>("text-networks.json").FastText;
        Assert.Equal(3, golden.Length);
        foreach (var model in golden)
        {
            File.WriteAllBytes(_folder["x"], model.File);
            var vectors = WordVectors.Find(_folder["x"])!;
            Assert.Equal(3, vectors.Size);
            foreach (var (expected, (word, vector)) in model.Vectors.Zip(vectors.Read().Select(pair => (pair.Word, (float[])[.. pair.Vector]))))
            {
                Assert.Equal(expected.Word, word);
                Assert.All(expected.Vector.Zip(vector), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            }
            Assert.Equal(4, vectors.Read().Count());
            File.WriteAllBytes(_folder["x"], model.File[..^1]);
            Assert.Equal("BadFastTextModel", Assert.Throws<FineTuneException>(() => WordVectors.Find(_folder["x"])).Id);
            File.WriteAllBytes(_folder["x"], model.File[..100]);
            Assert.Equal("BadFastTextModel", Assert.Throws<FineTuneException>(() => WordVectors.Find(_folder["x"])).Id);
        }
    }

    [Theory]
    [InlineData(""), InlineData("a b c"), InlineData("{\"a\": 1}"), InlineData("5 3"), InlineData("word")]
    public void What_is_none_is_told(string content)
    {
        File.WriteAllText(_folder["x"], content);
        Assert.Null(WordVectors.Find(_folder["x"]));
        Assert.Equal("NoWordVectors", Assert.Throws<FineTuneException>(() => new TextCnn().ReadWeights(_folder["x"])).Id);
    }

    [Fact]
    public void A_broken_line_is_named()
    {
        File.WriteAllText(_folder["x"], "a 1 2\nb 1 2\nc 1\n");
        var fault = Assert.Throws<FineTuneException>(() => WordVectors.Find(_folder["x"])!.Read().Count());
        Assert.Equal("BadTextLine", fault.Id);
        Assert.Contains("Line 3", fault.Message);
    }

    [Fact]
    public void Words_of_the_texts_come_first_and_have_their_vectors()
    {
        Write("GloVe", false);
        var data = new HeldTexts(["a", "b"], [("cat cat dog", 0, Split.Train), ("dog the", 1, Split.Train), ("dog", 0, Split.Train), ("never", 0, Split.Validation)]);
        var spec = (TextCnn)new TextCnn { VocabularySize = 7 }.ReadWeights(_folder["x"]).Spec;
        Assert.Equal(3, spec.VectorSize);
        var plan = new TrainingPlan { Model = spec, Weights = _folder["x"], TextPipeline = spec.DefaultTextPipeline };
        var parts = spec.Learn(plan, data, default);
        // Of one text alone, but with a vector, is 'the'; 'cat' too, and the list of the vectors goes on as its file does.
        Assert.Equal(["dog", "the", ". .", "中文", "cat"], WordIds.Lines(parts.Find("text/terms.txt")!));

        using var network = SourceNetwork.Target(spec, plan, 2, parts);
        var rows = network.State["embedding.weight"].data<float>().ToArray().Chunk(3).ToArray();
        Assert.Equal([4, 5, 6], rows[6]);
        Assert.Equal([0.5f, -1, 2e-3f], rows[3]);
        // As far from zero as the words of the file: within their range, and not all alike.
        Assert.All(rows[2], value => Assert.InRange(value, -15, 15));
        Assert.NotEqual(rows[1], rows[2]);
        var spread = tensor(rows[2]).norm().item<float>();
        Assert.InRange(spread, 0.3, 20);
    }

    [Fact]
    public void Vectors_of_another_language_are_refused()
    {
        Write("GloVe", false);
        var spec = new TextCnn { VectorSize = 3 };
        var plan = new TrainingPlan { Model = spec, Weights = _folder["x"], TextPipeline = new() { Tokens = new PatternTokens(), Vocabulary = _folder["words"] } };
        File.WriteAllLines(_folder["words"], ["chat", "chien"]);
        var parts = spec.Learn(plan, HeldTexts.Made(10), default);
        Assert.Equal(["chat", "chien"], WordIds.Lines(parts.Find("text/terms.txt")!));
        Assert.Equal("NoWordHasVector", Assert.Throws<FineTuneException>(() => SourceNetwork.Target(spec, plan, 2, parts)).Id);
    }

    void Write(string form, bool lineEnds)
    {
        using var file = File.Create(_folder["x"]);
        void Text(string text) => file.Write(Encoding.UTF8.GetBytes(text));
        var vectors = s_vectors.Where(pair => form != "binary" || !pair.Word.Contains(' ')).ToList();
        if (form != "GloVe") Text($"{vectors.Count} 3\n");
        foreach (var (word, vector) in vectors)
        {
            Text(word + " ");
            if (form == "binary") file.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(vector));
            else Text(FormattableString.Invariant($"{vector[0]} {vector[1]} {vector[2]}{(form == "fastText" ? " " : "")}{(lineEnds ? "\r" : "")}"));
            if (form != "binary" || lineEnds) Text("\n");
        }
    }

    sealed record Golden(Model[] FastText);

    sealed record Model(byte[] File, Expected[] Vectors);

    sealed record Expected(string Word, float[] Vector);
}

using System.Globalization;
using System.Text.Json;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Chinese;
using PSFineTune.Text.Tokens;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Where the Chinese dictionary and its tables come from, and what is kept of the words. Alone, for a variable of the process names one.</summary>
[Collection(nameof(Alone))]
public sealed class ChineseTokensTests : IDisposable
{
    const string Words = "南京 8 ns\n南京市 4 ns\n市长 6 n\n长江 5 ns\n大桥 5 n\n长江大桥 3 ns\n很 9 d\n长 2 a\n";

    readonly TempFolder _folder = new();

    public ChineseTokensTests()
    {
        Write("dict.txt", Words);
        Environment.SetEnvironmentVariable(JiebaFiles.Variable, null);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(JiebaFiles.Variable, null);
        _folder.Dispose();
    }

    [Fact]
    public void White_space_and_signs_are_tokens_where_they_are_wished()
    {
        var spec = new ChineseTokens { Dictionary = _folder.Path, Hmm = false, WhiteSpace = false };
        Assert.Equal(["南京市", "长江大桥", ",", " ", " ", "很", "长", "!", "\n"], Of(spec with { WhiteSpace = true }, "南京市长江大桥,  很长!\n"));
        Assert.Equal(["南京市", "长江大桥", ",", "很", "长", "!"], Of(spec, "南京市长江大桥,  很长!\n"));
        Assert.Equal(["南京市", "长江大桥", "很", "长"], Of(spec with { Punctuation = false }, "南京市长江大桥,  很长!\n"));
        Assert.Equal(["长江大桥", "长"], Of(spec with { Punctuation = false, StopWords = ["很", "南京市"] }, "南京市长江大桥,  很长!\n"));
    }

    [Fact]
    public void Parts_of_speech_are_told_and_chosen()
    {
        var spec = new ChineseTokens { Dictionary = _folder["dict.txt"], Hmm = false, PartOfSpeech = ["n*"] };
        Assert.Equal(["南京市", "长江大桥"], Of(spec, "南京市长江大桥很长"));
        Assert.Equal(["很", "长"], Of(spec with { PartOfSpeech = ["a", "d"] }, "南京市长江大桥很长"));
        var tokens = TextToken.All((spec with { PartOfSpeech = ["*"], WhiteSpace = false }).Open(ModelParts.None), "很长 PC12", 3);
        Assert.Equal(["d", "a", "eng"], tokens.Select(token => token.PartOfSpeech));
        Assert.Equal([(0, 1), (1, 1), (3, 4)], tokens.Select(token => (token.From, token.Length)));
    }

    [Fact]
    public void Where_no_dictionary_is_given_it_is_that_of_the_environment_and_else_an_error_that_says_where_to_get_one()
    {
        var fault = Assert.Throws<FineTuneException>(() => new ChineseTokens().Open(ModelParts.None));
        Assert.Equal("NoDictionary", fault.Id);
        Assert.All(["fxsjy/jieba", "-Dictionary", "PSFINETUNE_DICTIONARY", "MIT"], part => Assert.Contains(part, fault.RecommendedAction));
        Assert.Empty(new ChineseTokens().Files);

        Environment.SetEnvironmentVariable(JiebaFiles.Variable, _folder.Path);
        Assert.Equal(["南京市", "长江大桥"], Of(new ChineseTokens { Hmm = false }, "南京市长江大桥"));
        Assert.Equal(("tokens/dictionary.txt", _folder["dict.txt"]), Assert.Single(new ChineseTokens().Files));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Equal("DictionaryNotFound", Assert.Throws<FineTuneException>(() => new ChineseTokens { Dictionary = _folder["none"] }.Open(ModelParts.None)).Id);
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => new ChineseTokens { Dictionary = _folder.Path, Hmm = false, UserDictionary = _folder["none"] }.Open(ModelParts.None)).Id);
        foreach (string[] tags in new string[][] { [], ["n*"] })
        {
            var fault = Assert.Throws<FineTuneException>(() => new ChineseTokens { Dictionary = _folder.Path, PartOfSpeech = tags }.Open(ModelParts.None));
            Assert.Equal("TablesNotFound", fault.Id);
            Assert.Contains(tags.Length > 0 ? "posseg/char_state_tab.py" : "finalseg/prob_start.py", fault.Message);
            Assert.Contains("Hmm", fault.RecommendedAction);
        }
    }

    [Fact]
    public void A_model_carries_its_dictionary_and_asks_no_disk()
    {
        Write("mine.txt", "南京市长江大桥 5 ns\n");
        var spec = new ChineseTokens { Dictionary = _folder.Path, UserDictionary = _folder["mine.txt"], Hmm = false };
        Assert.Equal(["南京市长江大桥"], Of(spec, "南京市长江大桥"));
        var parts = new ModelParts(spec.Files.Select(file => (file.Name, "tokens", PartSource.Of(File.ReadAllBytes(file.Path)))));
        Assert.Equal(["tokens/dictionary.txt", "tokens/user_dictionary.txt"], parts.All.Select(part => part.Name));
        foreach (var file in Directory.GetFiles(_folder.Path)) File.Delete(file);
        var moved = spec.Resolve(path => Path.GetFileName(path));
        Assert.Equal(["南京市长江大桥"], TextToken.All(moved.Open(parts), "南京市长江大桥", 0).Select(token => token.Text));
    }

    [Fact]
    public void The_same_files_are_read_once()
    {
        var spec = new ChineseTokens { Dictionary = _folder.Path, Hmm = false };
        ChineseDictionary Read() => JiebaFiles.Of(spec, ModelParts.None).Dictionary();
        var read = new ChineseDictionary[4];
        Parallel.For(0, read.Length, i => read[i] = Read());
        Assert.All(read, one => Assert.Same(read[0], one));
        Write("dict.txt", Words + "大 1 a\n");
        Assert.NotSame(read[0], Read());
        Write("dict.txt", "南京\n");
        Assert.Equal("BadTextLine", Assert.Throws<FineTuneException>(Read).Id);
    }

    [Fact]
    public void A_model_without_a_dictionary_takes_Chinese_apart_by_characters()
    {
        var parts = new ModelParts([("vocabulary.txt", "vocabulary", PartSource.Of("a"))]);
        Assert.Equal(["很", "长"], TextToken.All(new AutoTokens().Open(parts), "很长", 0).Select(token => token.Text));
        Assert.Equal("NoDictionary", Assert.Throws<FineTuneException>(() => Of(new AutoTokens(), "很长")).Id);
        Assert.Equal(["very", "long"], Of(new AutoTokens(), "very long"));
    }

    [Fact]
    public void A_language_that_is_given_is_taken()
    {
        var spec = new AutoTokens { Chinese = new() { Dictionary = "d" } };
        Assert.Equal(("de", "en", "ja"), (Code("de"), Code("en-US"), Code("JA")));
        Assert.Same(spec.Chinese, spec.For("zh-CN"));
        Assert.Same(spec, spec.For(""));
        Assert.Equal("NoPartsOfSpeech", Assert.Throws<FineTuneException>(() => new AutoTokens { Chinese = new() { PartOfSpeech = ["n*"] } }.For("en")).Id);
        string Code(string language) => Assert.IsType<WordTokens>(spec.For(language)).Language;
    }

    [Fact]
    public void Jiebas_tables_are_read_as_Python_and_as_JSON()
    {
        var titles = File.ReadLines(Assets.Path("text/thucnews-titles/dev.txt")).Take(300).Select(line => line.Split('\t')[0]).ToList();
        File.Copy(Assets.Path("vocab/jieba/dict.txt"), _folder["dict.txt"], overwrite: true);
        foreach (var (folder, json) in new[] { ("finalseg", "hmm_segmentation.json"), ("posseg", "hmm_part_of_speech.json") })
            foreach (var table in JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Assets.Path($"vocab/jieba/{json}"))).EnumerateObject())
                Write($"{folder}/{(table.Name is "char_states" ? "char_state_tab" : $"prob_{table.Name}")}.py", $"from __future__ import unicode_literals\n\nP={Python(table.Value)}\n");
        foreach (string[] tags in new string[][] { [], ["*"] })
        {
            var (python, json) = (new ChineseTokens { Dictionary = _folder.Path, PartOfSpeech = tags }, new ChineseTokens { Dictionary = Assets.Path("vocab/jieba"), PartOfSpeech = tags });
            Assert.Equal(tags.Length > 0 ? 5 : 4, python.Files.Count());
            var (one, other) = (python.Open(ModelParts.None), json.Open(ModelParts.None));
            Assert.All(titles, title => Assert.Equal(TextToken.All(other, title, 0), TextToken.All(one, title, 0)));
        }
    }

    [Theory]
    [InlineData("P={'a': 1.5e-3, 'b': {},}\n", "{\"a\":1.5e-3,\"b\":{},}"), InlineData("x\nP={('B', 'n'): (('S', 'v'),), u'\\u4e00': -3.14e+100}", "{\"B/n\":[\"S/v\",],\"\\u4E00\":-3.14e+100}")]
    public void A_table_of_Python_is_read_as_what_it_is(string python, string json) => Assert.Equal(json, PythonLiteral.ToJson(python));

    [Theory]
    [InlineData("P={'a': open('x')}"), InlineData("Q={}"), InlineData("P={}\nimport os"), InlineData("P={'a': ((((((((((1,),),),),),),),),),)}"), InlineData("P={'a': 1"), InlineData("P={1: 'a}")]
    public void What_is_no_table_is_refused(string python)
    {
        Write("posseg.py", python);
        var fault = Assert.Throws<FineTuneException>(() => CharacterModel.Read(new([("start", TextPart.OfFile(_folder["posseg.py"]))])));
        Assert.Equal("BadTextModel", fault.Id);
    }

    // A state is a tuple, alone or of many.
    static string Python(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",\n  ", value.EnumerateObject().Select(one => $"{Python(one.Name)}: {Python(one.Value)}"))}}}",
        JsonValueKind.Array => $"({string.Concat(value.EnumerateArray().Select(one => $"{Python(one.GetString()!)},\n    "))})",
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
        _ => Python(value.GetString()!),
    };

    static string Python(string text) => text.Contains('/') && text.Length > 1 ? $"('{text[0]}', '{text[2..]}')" : $"'{string.Concat(text.Select(c => c < 128 ? $"{c}" : $"\\u{(int)c:x4}"))}'";

    static List<string> Of(TokenizerSpec spec, string text) => [.. TextToken.All(spec.Open(ModelParts.None), text, 0).Select(token => token.Text)];

    void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
    }
}

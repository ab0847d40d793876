using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PSFineTune.Text;
using PSFineTune.Text.Chinese;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Words and parts of speech are those of jieba; the goldens come from Goldens/jieba.py.</summary>
public sealed class ChineseSegmenterTests : IDisposable
{
    static readonly Lazy<ChineseDictionary> s_dictionary = new(NewDictionary);
    static readonly Lazy<CharacterModel> s_characters = new(() => CharacterModel.Read(HmmTables.OfFile(Assets.Path("vocab/jieba/hmm_segmentation.json"))));
    static readonly Lazy<TaggedCharacterModel> s_tagged = new(() => TaggedCharacterModel.Read(HmmTables.OfFile(Assets.Path("vocab/jieba/hmm_part_of_speech.json"))));
    static readonly JsonElement s_golden = PixelGolden.Embedded<JsonElement>("jieba.json");

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, "cut"), InlineData(true, "tagged")]
    public void Of_ten_thousand_titles_every_word_and_tag_is_jiebas(bool withTags, string golden)
    {
        var segmenter = NewSegmenter(withTags);
        var titles = File.ReadLines(Assets.Path("text/thucnews-titles/dev.txt")).Select(line => line.Split('\t')[0]).ToList();
        Assert.Equal(s_golden.GetProperty("titles").GetInt32(), titles.Count);
        var lines = titles.Select(title => string.Join(' ', Cut(segmenter, title).Select(token => withTags ? $"{token.Length}/{token.Tag}" : $"{token.Length}")));
        Assert.Equal(s_golden.GetProperty(golden).GetString(), Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))).ToLowerInvariant());
    }

    [Fact]
    public void Sentences_are_divided_as_jieba_does()
    {
        var (words, plain, tagged) = (NewSegmenter(withTags: false), new ChineseSegmenter(s_dictionary.Value, null), NewSegmenter(withTags: true));
        var plainTagged = new ChineseSegmenter(s_dictionary.Value, null, withTags: true);
        foreach (var sentence in s_golden.GetProperty("sentences").EnumerateArray())
        {
            var text = sentence.GetProperty("text").GetString()!;
            Assert.Equal(Strings(sentence, "words"), Words(words, text));
            Assert.Equal(Strings(sentence, "plain"), Words(plain, text));
            foreach (var (segmenter, golden) in new[] { (tagged, "tagged"), (plainTagged, "plain_tagged") })
                Assert.Equal(
                    sentence.GetProperty(golden).EnumerateArray().Select(pair => $"{pair[0].GetString()}/{pair[1].GetString()}"),
                    Cut(segmenter, text).Select(token => $"{text.Substring(token.From, token.Length)}/{token.Tag}"));
        }
    }

    [Fact]
    public void A_users_words_stay_whole_or_fall_apart_as_in_jieba()
    {
        var dictionary = s_dictionary.Value.With(TextPart.OfFile(Write("鳡鱼 n\n\n南京市长江大桥 5 ns\n新款手机\n合说 0\n")));
        Assert.Equal(("n", "ns", 5), (dictionary.TagOf("鳡鱼"), dictionary.TagOf("南京市长江大桥"), dictionary.CountOf("南京市长江大桥")));
        var segmenter = new ChineseSegmenter(dictionary, s_characters.Value);
        foreach (var sentence in s_golden.GetProperty("user").EnumerateArray())
            Assert.Equal(Strings(sentence, "words"), Words(segmenter, sentence.GetProperty("text").GetString()!));
    }

    [Fact]
    public void A_users_line_is_read_as_jieba_reads_it()
    {
        var dictionary = ChineseDictionary.Read(TextPart.OfFile(Write("南京 8 ns\n")));
        dictionary = dictionary.With(TextPart.OfFile(Write("Edu Trust 2000\nHello World\nC加加 NZ\n云计算 5 n\n云盘 nz\n")));
        Assert.Equal([2000, 5], new[] { "Edu Trust", "云计算" }.Select(word => dictionary.CountOf(word)));
        Assert.All(new[] { "Hello World", "C加加 NZ" }, word => Assert.True(dictionary.CountOf(word) > 0, word));
        Assert.Equal(["n", "nz", "x"], new[] { "云计算", "云盘", "Hello World" }.Select(word => dictionary.TagOf(word)));
        Assert.Equal("BadTextLine", Assert.Throws<FineTuneException>(() => dictionary.With(TextPart.OfFile(Write("云 99999999999999999999\n")))).Id);
    }

    [Fact]
    public void A_small_dictionary_stands_alone()
    {
        var dictionary = ChineseDictionary.Read(TextPart.OfFile(Write("南京 8 ns\n南京市 4 ns\n市长 6 n\n长江 5 ns\n大桥 5 n\n长江大桥 3 ns\n")));
        Assert.Equal((31, 8, "ns", "x"), (dictionary.Total, dictionary.CountOf("南京"), dictionary.TagOf("长江大桥"), dictionary.TagOf("桥")));
        Assert.Equal(["南京市", "长江大桥", " ", "ab", "好"], Words(new ChineseSegmenter(dictionary, null), "南京市长江大桥 ab好"));
        Assert.Empty(Words(new ChineseSegmenter(dictionary, null), ""));
    }

    [Theory]
    [InlineData("南京 8 ns\n市长\n", "Line 2"), InlineData("南京 eight ns\n", "Line 1"), InlineData("南京 8 ns more\n", "Line 1"), InlineData("南京  8\n", "Line 1")]
    public void A_line_that_is_no_word_is_named(string lines, string where)
    {
        var fault = Assert.Throws<FineTuneException>(() => ChineseDictionary.Read(TextPart.OfFile(Write(lines))));
        Assert.Equal("BadTextLine", fault.Id);
        Assert.Contains(where, fault.Message);
    }

    [Theory]
    [InlineData("{}"), InlineData("[1]"), InlineData("not json"), InlineData("{\"start\": {\"B\": \"x\"}}"), InlineData("{\"trans\": {\"B\": {}, \"E\": {}}, \"start\": {\"B\": 0, \"E\": 0}}")]
    public void Tables_that_are_none_are_refused(string json)
    {
        Assert.Equal("BadTextModel", Assert.Throws<FineTuneException>(() => CharacterModel.Read(HmmTables.OfFile(Write(json)))).Id);
        Assert.Equal("BadTextModel", Assert.Throws<FineTuneException>(() => TaggedCharacterModel.Read(HmmTables.OfFile(Write(json)))).Id);
    }

    [Fact]
    public void Files_that_are_missing_or_are_not_UTF_8_are_errors()
    {
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => ChineseDictionary.Read(TextPart.OfFile(_folder["none.txt"]))).Id);
        File.WriteAllBytes(_folder["gb.txt"], [0xC4, 0xCF, 0xBE, 0xA9, 0x20, 0x38]);
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => ChineseDictionary.Read(TextPart.OfFile(_folder["gb.txt"]))).Id);
    }

    static ChineseDictionary NewDictionary() => ChineseDictionary.Read(TextPart.OfFile(Assets.Path("vocab/jieba/dict.txt")));

    static ChineseSegmenter NewSegmenter(bool withTags) => new(s_dictionary.Value, s_characters.Value, withTags ? s_tagged.Value : null);

    static List<ChineseSegmenter.Span> Cut(ChineseSegmenter segmenter, string text)
    {
        var tokens = new List<ChineseSegmenter.Span>();
        segmenter.Cut(text, tokens);
        return tokens;
    }

    static IEnumerable<string> Words(ChineseSegmenter segmenter, string text) => Cut(segmenter, text).Select(token => text.Substring(token.From, token.Length));

    static IEnumerable<string?> Strings(JsonElement sentence, string property) => sentence.GetProperty(property).EnumerateArray().Select(word => word.GetString());

    string Write(string text)
    {
        Directory.CreateDirectory(_folder.Path);
        var path = _folder[$"{Guid.NewGuid():n}.txt"];
        File.WriteAllText(path, text);
        return path;
    }
}

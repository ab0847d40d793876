using System.Text.Json;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Languages;
using PSFineTune.Text.Tokens;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Words, characters and patterns; Chinese words are in ChineseTokensTests.</summary>
public class TokenizerTests
{
    const string Sentence = "I can't find Café No. 3.14, a_b or x2 — “quoted” e-mail 😀!";

    [Fact]
    public void Words_end_at_unicodes_boundaries()
    {
        Assert.Equal(["i", "can't", "find", "café", "no", "3.14", "a_b", "or", "x2", "quoted", "e", "mail"], Of(new WordTokens(), Sentence));
        Assert.Equal(["Café", "No"], Of(new WordTokens { Lowercase = false }, Sentence)[3..5]);
        Assert.Equal(["中", "文", "カタカナ", "한국어"], Of(new WordTokens(), "中文 カタカナ 한국어"));
        Assert.Empty(Of(new WordTokens(), "... — !"));
    }

    [Theory]
    [InlineData(typeof(WordTokens)), InlineData(typeof(PatternTokens)), InlineData(typeof(CharacterTokens)), InlineData(typeof(AutoTokens))]
    public void A_token_tells_where_it_stands(Type kind)
    {
        var text = $"  {Sentence} ÄÖ";
        var tokens = TextToken.All(((TokenizerSpec)Activator.CreateInstance(kind)!).Open(ModelParts.None), text, 7);
        Assert.NotEmpty(tokens);
        Assert.All(tokens, token => Assert.Equal(token.Text.Trim(), text.Substring(token.From, token.Length).ToLowerInvariant().Trim()));
        Assert.All(tokens, token => Assert.Equal(7, token.Source));
        Assert.Equal(tokens.OrderBy(token => token.From), tokens);
    }

    [Fact]
    public void A_word_of_any_length_stays_whole()
    {
        var word = new string('a', 70_000);
        Assert.Equal([word, "b"], Of(new WordTokens(), $"{word} b"));
    }

    [Theory]
    [InlineData("en", "The cats were running generously", "cat run generous")]
    [InlineData("de", "Die Häuser und die Kinder spielten", "haus kind spielt")]
    [InlineData("fr", "les chevaux et les nations continuaient", "cheval nation continu")]
    [InlineData("ru", "и книги на столах", "книг стол")]
    public void Stems_and_stop_words_are_the_languages(string language, string text, string expected) =>
        Assert.Equal(expected.Split(' '), Of(new WordTokens { Language = language, Stem = true, LanguageStopWords = true }, text));

    [Fact]
    public void Every_known_language_has_stop_words_and_a_stemmer()
    {
        foreach (var language in WordLanguage.All)
        {
            Assert.InRange(language.StopWords.Count, 30, 1000);
            var spec = new WordTokens { Language = language.Code, Stem = true, LanguageStopWords = true };
            spec.Validate();
            Assert.Equal(["xqzw"], Of(spec, $"{language.StopWords.First(word => word.All(char.IsLetter))} xqzw").Select(stem => stem[..4]));
        }
    }

    [Fact]
    public void A_users_stop_words_are_left_out_by_every_tokenizer_of_words()
    {
        Assert.Equal(["b"], Of(new WordTokens { StopWords = ["A"], Lowercase = false }, "a A b"));
        Assert.Equal(["bb"], Of(new PatternTokens { StopWords = ["AA"] }, "aa AA bb"));
        Assert.Equal(["b"], Of(new AutoTokens { Words = new() { StopWords = ["a"] } }, "A b"));
    }

    [Theory]
    [InlineData("englsh", false, "UnknownName"), InlineData("", true, "BadPlanSetting"), InlineData("pl", true, "BadPlanSetting")]
    public void A_language_that_cannot_be_stemmed_is_an_error(string language, bool stem, string id)
    {
        var fault = Assert.Throws<FineTuneException>(() => new WordTokens { Language = language, Stem = stem }.Validate());
        Assert.Equal(id, fault.Id);
        Assert.Contains("en, ca, da, de", fault.Message);
    }

    [Fact]
    public void Runs_of_characters_are_scikit_learns()
    {
        foreach (var one in PixelGolden.Embedded<JsonElement>("characters.json").EnumerateArray())
        {
            var spec = new CharacterTokens { WithinWords = one.GetProperty("within").GetBoolean(), MinLength = one.GetProperty("shortest").GetInt32(), MaxLength = one.GetProperty("longest").GetInt32() };
            spec.Validate();
            var expected = one.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!);
            Assert.Equal(expected.Order(StringComparer.Ordinal), Of(spec, one.GetProperty("text").GetString()!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_character_of_two_units_is_one() => Assert.Equal(["😀a", "a😀"], Of(new CharacterTokens { MinLength = 2, MaxLength = 2 }, "😀a😀"));

    [Theory]
    [InlineData(0, 1), InlineData(3, 2), InlineData(1, 11)]
    public void Lengths_that_are_none_are_refused(int shortest, int longest) =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => new CharacterTokens { MinLength = shortest, MaxLength = longest }.Validate()).Id);

    [Fact]
    public void Lists_that_are_equal_make_equal_tokenizers()
    {
        Assert.Equal(new WordTokens { StopWords = ["a"] }, new WordTokens { StopWords = new List<string> { "a" } });
        Assert.NotEqual(new WordTokens { StopWords = ["a"] }, new WordTokens { StopWords = ["b"] });
        Assert.NotEqual(new ChineseTokens { PartOfSpeech = ["n*"] }, new ChineseTokens());
        var spec = new AutoTokens { Words = new() { Stem = true, StopWords = ["a"] }, Chinese = new() { PartOfSpeech = ["n*", "v"], Hmm = false } };
        Assert.Equal<TokenizerSpec>(spec, PlanJson.Read<TokenizerSpec>(PlanJson.Write<TokenizerSpec>(spec)));
    }

    [Theory]
    [InlineData("text/sent-conv/TREC.train.all", "en", 0.995), InlineData("text/sent-conv/stsa.binary.train", "en", 0.995), InlineData("text/sms-spam/SMSSpamCollection", "en", 0.98)]
    [InlineData("text/thucnews-titles/dev.txt", "zh", 0.999)]
    public void The_language_of_real_texts_is_found(string file, string language, double share)
    {
        var texts = File.ReadAllText(Assets.Path(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => file.Contains("thucnews") ? line.Split('\t')[0] : line[(line.IndexOfAny([' ', '\t']) + 1)..]).ToList();
        var found = texts.CountBy(TextLanguage.Of).OrderByDescending(pair => pair.Value).ToList();
        Assert.True(found[0].Key == language && found[0].Value >= share * texts.Count, $"{texts.Count} texts: {string.Join(", ", found)}");
    }

    [Theory]
    [InlineData("de", "Der Server ist seit gestern nicht erreichbar und niemand weiß warum."), InlineData("fr", "Le serveur est en panne depuis hier et personne ne sait pourquoi.")]
    [InlineData("es", "El servidor está caído desde ayer y nadie sabe por qué."), InlineData("it", "Il server è fermo da ieri e nessuno sa perché.")]
    [InlineData("pt", "Não consigo acessar a minha conta de e-mail desde ontem."), InlineData("nl", "De server is sinds gisteren niet bereikbaar en niemand weet waarom.")]
    [InlineData("sv", "Servern har varit nere sedan i går och ingen vet varför."), InlineData("da", "Jeg kan ikke logge ind på min computer, og ingen af os ved hvad der er galt.")]
    [InlineData("fi", "Palvelin on ollut poissa käytöstä eilisestä lähtien eikä kukaan tiedä miksi."), InlineData("ru", "Сервер не работает со вчерашнего дня, и никто не знает почему.")]
    [InlineData("hu", "A szerver tegnap óta nem elérhető, és senki sem tudja, hogy miért."), InlineData("ro", "Serverul nu mai este disponibil de ieri și nimeni nu știe de ce.")]
    [InlineData("tr", "Sunucu dünden beri çalışmıyor ve kimse neden olduğunu bilmiyor."), InlineData("en", "Servers offline"), InlineData("zh", "iPhone 4S发布"), InlineData("zh", "服务器")]
    [InlineData("ja", "サーバーは昨日から止まっています"), InlineData("ko", "서버가 어제부터 멈췄다"), InlineData("", "12:30 +++"), InlineData("", ""), InlineData("en", "The word 中国 means China")]
    public void The_language_of_a_sentence_is_found(string language, string text) => Assert.Equal(language, TextLanguage.Of(text));

    [Fact]
    public void Each_text_is_stemmed_by_its_own_language()
    {
        var tokenizer = new AutoTokens { Words = new() { Stem = true, LanguageStopWords = true } }.Open(ModelParts.None);
        Assert.Equal(["cat", "run"], TextToken.All(tokenizer, "The cats were running", 0).Select(token => token.Text));
        Assert.Equal(["kind", "spielt"], TextToken.All(tokenizer, "Die Kinder spielten und", 0).Select(token => token.Text));
        Assert.Equal(["サ", "バ"], TextToken.All(tokenizer, "サ と バ です", 0).Select(token => token.Text).Where(text => text is "サ" or "バ"));
    }

    static List<string> Of(TokenizerSpec spec, string text) => [.. TextToken.All(spec.Open(ModelParts.None), text, 0).Select(token => token.Text)];
}

using System.Text;
using Lucene.Net.Analysis.Ca;
using Lucene.Net.Analysis.Da;
using Lucene.Net.Analysis.De;
using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.Eu;
using Lucene.Net.Analysis.Fi;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Ga;
using Lucene.Net.Analysis.Hu;
using Lucene.Net.Analysis.Hy;
using Lucene.Net.Analysis.It;
using Lucene.Net.Analysis.Nl;
using Lucene.Net.Analysis.No;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Ro;
using Lucene.Net.Analysis.Ru;
using Lucene.Net.Analysis.Snowball;
using Lucene.Net.Analysis.Sv;
using Lucene.Net.Analysis.Tr;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Util;
using Stemmers = Lucene.Net.Tartarus.Snowball.Ext;

namespace PSFineTune.Text.Languages;

/// <summary>A language whose words are divided by spaces, with the stop words and the Snowball stemmer of the library.</summary>
sealed class WordLanguage(string code, Func<CharArraySet> stopWords, Func<SnowballProgram> stemmer)
{
    readonly Lazy<IReadOnlySet<string>> _stopWords = new(() => Strings(stopWords()));

    /// <summary>Those that are known; English first.</summary>
    public static IReadOnlyList<WordLanguage> All { get; } =
    [
        // The library's own English list is for search and has but 33; this one is of Snowball, as those of most others.
        new("en", () => WordlistLoader.GetSnowballWordSet(IOUtils.GetDecodingReader(typeof(SnowballFilter), "english_stop.txt", Encoding.UTF8), LuceneVersion.LUCENE_48), () => new Stemmers.EnglishStemmer()),
        new("ca", () => CatalanAnalyzer.DefaultStopSet, () => new Stemmers.CatalanStemmer()),
        new("da", () => DanishAnalyzer.DefaultStopSet, () => new Stemmers.DanishStemmer()),
        new("de", () => GermanAnalyzer.DefaultStopSet, () => new Stemmers.GermanStemmer()),
        new("es", () => SpanishAnalyzer.DefaultStopSet, () => new Stemmers.SpanishStemmer()),
        new("eu", () => BasqueAnalyzer.DefaultStopSet, () => new Stemmers.BasqueStemmer()),
        new("fi", () => FinnishAnalyzer.DefaultStopSet, () => new Stemmers.FinnishStemmer()),
        new("fr", () => FrenchAnalyzer.DefaultStopSet, () => new Stemmers.FrenchStemmer()),
        new("ga", () => IrishAnalyzer.DefaultStopSet, () => new Stemmers.IrishStemmer()),
        new("hu", () => HungarianAnalyzer.DefaultStopSet, () => new Stemmers.HungarianStemmer()),
        new("hy", () => ArmenianAnalyzer.DefaultStopSet, () => new Stemmers.ArmenianStemmer()),
        new("it", () => ItalianAnalyzer.DefaultStopSet, () => new Stemmers.ItalianStemmer()),
        new("nl", () => DutchAnalyzer.DefaultStopSet, () => new Stemmers.DutchStemmer()),
        new("no", () => NorwegianAnalyzer.DefaultStopSet, () => new Stemmers.NorwegianStemmer()),
        new("pt", () => PortugueseAnalyzer.DefaultStopSet, () => new Stemmers.PortugueseStemmer()),
        new("ro", () => RomanianAnalyzer.DefaultStopSet, () => new Stemmers.RomanianStemmer()),
        new("ru", () => RussianAnalyzer.DefaultStopSet, () => new Stemmers.RussianStemmer()),
        new("sv", () => SwedishAnalyzer.DefaultStopSet, () => new Stemmers.SwedishStemmer()),
        new("tr", () => TurkishAnalyzer.DefaultStopSet, () => new Stemmers.TurkishStemmer()),
    ];

    /// <summary>ISO 639-1.</summary>
    public string Code => code;

    /// <summary>Upper and lower case are the same.</summary>
    public IReadOnlySet<string> StopWords => _stopWords.Value;

    /// <summary>A new one for one thread.</summary>
    public SnowballProgram NewStemmer() => stemmer();

    /// <summary>The language of that code; null where it is not known.</summary>
    public static WordLanguage? Find(string code) => All.FirstOrDefault(language => language.Code == code);

    // The library's sets give arrays of characters.
    static HashSet<string> Strings(CharArraySet words)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words) found.Add(word);
        return found;
    }
}

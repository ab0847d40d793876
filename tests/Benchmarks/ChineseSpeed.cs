using System.Diagnostics;
using PSFineTune.Text.Chinese;

namespace PSFineTune.Benchmarks;

/// <summary>Characters a second of Chinese segmentation on one thread, without and with parts of speech.</summary>
static class ChineseSpeed
{
    const int Passes = 3;

    /// <param name="titles">UTF-8; of each line what is before its first tab is read.</param>
    /// <param name="folder">Of jieba's dictionary and tables.</param>
    public static IEnumerable<object> Measure(string titles, string folder)
    {
        string[] texts = [.. File.ReadLines(titles).Select(line => line.Split('\t')[0])];
        var began = Stopwatch.GetTimestamp();
        var dictionary = ChineseDictionary.Read(Path.Combine(folder, "dict.txt"));
        yield return new { what = "dictionary", seconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 2) };
        began = Stopwatch.GetTimestamp();
        var characters = CharacterModel.Read(Path.Combine(folder, "hmm_segmentation.json"));
        var tagged = TaggedCharacterModel.Read(Path.Combine(folder, "hmm_part_of_speech.json"));
        yield return new { what = "tables", seconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 2) };
        foreach (var (name, segmenter) in new[] { ("words", new ChineseSegmenter(dictionary, characters)), ("tagged", new ChineseSegmenter(dictionary, characters, tagged)) })
            for (var pass = 1; pass <= Passes; pass++)
            {
                var tokens = new List<ChineseSegmenter.Span>();
                began = Stopwatch.GetTimestamp();
                foreach (var text in texts) segmenter.Cut(text, tokens);
                yield return new { what = name, pass, tokens = tokens.Count, characters_per_second = Math.Round(texts.Sum(text => text.Length) / Stopwatch.GetElapsedTime(began).TotalSeconds) };
            }
    }
}

using System.Diagnostics;
using PSFineTune.Text;
using PSFineTune.Text.Chinese;

namespace PSFineTune.Benchmarks;

/// <summary>Characters a second of Chinese segmentation on one thread, without and with parts of speech, and what its dictionary and tables take.</summary>
static class ChineseSpeed
{
    // A round is over in a tenth of a second: a pass takes several.
    const double Pass = 1;

    /// <param name="titles">UTF-8; of each line what is before its first tab is read.</param>
    /// <param name="folder">Of jieba's dictionary and tables.</param>
    public static IEnumerable<object> Measure(string titles, string folder)
    {
        string[] texts = [.. File.ReadLines(titles).Select(line => line.Split('\t')[0])];
        // Code points, as Python counts.
        var characters = texts.Sum(text => text.EnumerateRunes().Count());
        var (dictionary, read) = Read("dictionary", () => ChineseDictionary.Read(TextPart.OfFile(Path.Combine(folder, "dict.txt"))));
        yield return read;
        (var model, read) = Read("words", () => CharacterModel.Read(HmmTables.OfFile(Path.Combine(folder, "hmm_segmentation.json"))));
        yield return read;
        (var tagged, read) = Read("tags", () => TaggedCharacterModel.Read(HmmTables.OfFile(Path.Combine(folder, "hmm_part_of_speech.json"))));
        yield return read;
        foreach (var (name, segmenter) in new[] { ("words", new ChineseSegmenter(dictionary, model)), ("tagged", new ChineseSegmenter(dictionary, model, tagged)) })
        {
            var tokens = new List<ChineseSegmenter.Span>();
            var rate = Rate.Of(characters, _ =>
            {
                foreach (var text in texts)
                {
                    tokens.Clear();
                    segmenter.Cut(text, tokens);
                }
            }, Pass);
            yield return new { what = name, characters_per_second = Math.Round(rate) };
        }
    }

    static (T Made, object Said) Read<T>(string what, Func<T> read)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var began = Stopwatch.GetTimestamp();
        var made = read();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (made, new { what, read_in_seconds = Math.Round(seconds, 3), mebibytes = Math.Round((GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0, 1) });
    }
}

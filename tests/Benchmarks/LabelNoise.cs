using System.Diagnostics;
using PSFineTune.Audit.Labels;
using PSFineTune.Data;

namespace PSFineTune.Benchmarks;

/// <summary>How many of the labels that were made wrong LikelyLabelError finds, how many of what it finds were, and in what time; one row of data as they are, one with a twentieth made wrong.</summary>
static class LabelNoise
{
    const int Every = 20, Shown = 24;

    /// <param name="source">A folder of class folders of photos, or a file of a label, a tab and a text in each line.</param>
    public static IEnumerable<object> Measure(string source)
    {
        var place = Directory.CreateTempSubdirectory("psfinetune-labels-").FullName;
        try
        {
            foreach (var flip in new[] { false, true })
            {
                var (data, wrong) = Directory.Exists(source) ? Photos(source, Path.Combine(place, flip.ToString()), flip) : Texts(source, flip);
                var began = Stopwatch.GetTimestamp();
                var found = LabelErrors.Find(data, "", default).Last().Result!;
                var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                var right = found.Count(doubt => wrong.Contains(doubt.Row));
                yield return new
                {
                    data = Path.GetFileName(source), samples = data.Count, wrong = wrong.Count, found = found.Count, right, precision = Share(right, found.Count), recall = Share(right, wrong.Count),
                    surest = found.Take(Shown).Select(doubt => $"{data.Classes[data.LabelAt(doubt.Row)]}, looks like {data.Classes[doubt.Suggested]}: {(data is ImageDataset ? File.ResolveLinkTarget(data.ItemAt(doubt.Row), false)!.FullName : data.ItemAt(doubt.Row))}").ToArray(),
                    seconds = Math.Round(seconds, 1), samples_per_second = Math.Round(data.Count / seconds, 1), peak_MiB = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
                };
            }
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    static double Share(int of, int count) => count == 0 ? double.NaN : Math.Round((double)of / count, 3);

    static (Dataset, HashSet<int>) Photos(string source, string place, bool flip)
    {
        var plain = ImageDataset.Import(new() { Root = source, TestFraction = 1 }, place);
        var random = RandomStream.For(5, 0, "flips");
        var wrong = new HashSet<string>();
        for (var row = 0; row < plain.Count; row++)
        {
            var label = plain.LabelAt(row);
            var name = $"{row:00000}{Path.GetExtension(plain.PathAt(row))}";
            if (flip && random.Below(Every) == 0)
            {
                label = (label + 1 + random.Below(plain.Classes.Count - 1)) % plain.Classes.Count;
                wrong.Add(name);
            }
            var folder = Directory.CreateDirectory(Path.Combine(place, "photos", plain.Classes[label])).FullName;
            File.CreateSymbolicLink(Path.Combine(folder, name), plain.PathAt(row));
        }
        var data = ImageDataset.Import(new() { Root = Path.Combine(place, "photos"), TestFraction = 1 }, place);
        return (data, [.. Enumerable.Range(0, data.Count).Where(row => wrong.Contains(Path.GetFileName(data.PathAt(row))))]);
    }

    static (Dataset, HashSet<int>) Texts(string source, bool flip)
    {
        var lines = File.ReadLines(source).Select(line => line.Split('\t', 2)).Where(parts => parts.Length == 2 && parts[1].Trim().Length > 0).Skip(1).ToList();
        string[] classes = [.. lines.Select(parts => parts[0]).Distinct().Order(StringComparer.Ordinal)];
        var random = RandomStream.For(5, 0, "flips");
        var wrong = new HashSet<int>();
        var rows = lines.Select((parts, row) =>
        {
            if (!flip || random.Below(Every) > 0) return (parts[1], parts[0], Split.Train);
            wrong.Add(row);
            return (parts[1], classes[(Array.IndexOf(classes, parts[0]) + 1 + random.Below(classes.Length - 1)) % classes.Length], Split.Train);
        }).ToList();
        return (TextDataset.Of(rows), wrong);
    }
}

using System.Diagnostics;
using PSFineTune.Data;

namespace PSFineTune.Benchmarks;

/// <summary>Rows a second of an import of texts, of reading them again at random, and the memory of both.</summary>
static class TextSpeed
{
    const int Read = 100_000;

    /// <param name="file">Of labelled texts, in any format whose columns have usual names.</param>
    public static IEnumerable<object> Measure(string file)
    {
        var began = Stopwatch.GetTimestamp();
        var data = TextDataset.Import(new() { Root = file }, Path.GetTempPath());
        yield return Figures("import", data.Count, began);
        began = Stopwatch.GetTimestamp();
        var random = RandomStream.For(1, 0, "texts");
        var length = 0L;
        for (var i = 0; i < Read; i++) length += data.TextAt(random.Below(data.Count)).Length;
        yield return Figures($"read again, {length / Read} characters each", Read, began);
        yield return new { what = "held", mib = Mebibytes(GC.GetTotalMemory(forceFullCollection: true)), rows = data.Count };
    }

    static object Figures(string what, int rows, long began)
    {
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        return new { what, rows, seconds = Math.Round(seconds, 2), rows_per_second = Math.Round(rows / seconds), peak_mib = Mebibytes(process.PeakWorkingSet64) };
    }

    static long Mebibytes(long bytes) => bytes >> 20;
}

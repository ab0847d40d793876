using System.Diagnostics;
using PSFineTune.Augment;

namespace PSFineTune.Benchmarks;

/// <summary>Resident memory after each epoch of reading through the loader, and the managed heap's part of it as of the last collection; nothing asks for one.</summary>
static class EpochMemory
{
    public static IEnumerable<object> Measure(ChainSpeed chains, int images, int epochs)
    {
        var loader = chains.NewLoader();
        int[] rows = [.. Enumerable.Range(0, images)];
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var (began, current) = (Stopwatch.GetTimestamp(), epoch);
            var read = loader.Read(rows, row => new DrawKey(1, current, (ulong)row), default).Sum(batch => batch.Count);
            var rate = read / Stopwatch.GetElapsedTime(began).TotalSeconds;
            using var self = Process.GetCurrentProcess();
            yield return new { epoch, resident_MiB = self.WorkingSet64 >> 20, managed_MiB = GC.GetGCMemoryInfo().TotalCommittedBytes >> 20, images_per_second = Math.Round(rate) };
        }
    }
}

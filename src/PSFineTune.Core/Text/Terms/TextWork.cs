using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PSFineTune.Data;

namespace PSFineTune.Text.Terms;

/// <summary>Work over the texts of a dataset, on every core, whose results come in the order of the texts.</summary>
static class TextWork
{
    // So few that every core has work to the end, so many that what is learned of each part is worth joining.
    const int Fewest = 64, Most = 4096, Parts = 8, Wave = 64;

    /// <summary>Texts in a row are made into one result by one thread.</summary>
    /// <typeparam name="TMachine">What a thread works with.</typeparam>
    /// <typeparam name="TResult">Of some texts.</typeparam>
    /// <param name="data">Whose samples are texts.</param>
    /// <param name="rows">Of the dataset.</param>
    /// <param name="machine">Made once a thread.</param>
    /// <param name="work">Of rows in a row; the results do not depend on the threads.</param>
    /// <param name="cancel">Stops within a few thousand texts.</param>
    public static IEnumerable<TResult> Run<TMachine, TResult>(Dataset data, IReadOnlyList<int> rows, Func<TMachine> machine, Func<TMachine, IEnumerable<(int Row, string Text)>, TResult> work, CancellationToken cancel)
    {
        var together = Math.Clamp(rows.Count / Parts, Fewest, Most);
        var count = (rows.Count + together - 1) / together;
        // The first is made here, so that a file that is missing is a fault of the caller's and not of a thread.
        var spare = new ConcurrentBag<TMachine> { machine() };
        // Wave after wave, so that no more results wait for the one who joins them than there is work at hand.
        for (var begin = 0; begin < count; begin += Wave)
        {
            var results = new TResult[Math.Min(Wave, count - begin)];
            Share(results.Length, cancel, part =>
            {
                var mine = spare.TryTake(out var idle) ? idle : machine();
                var from = (begin + part) * together;
                results[part] = work(mine, Enumerable.Range(from, Math.Min(together, rows.Count - from)).Select(at => (rows[at], data.ItemAt(rows[at]))));
                spare.Add(mine);
            });
            foreach (var result in results) yield return result;
        }
    }

    // What stopped one thread is what stopped the work.
    static void Share(int count, CancellationToken cancel, Action<int> part)
    {
        try
        {
            Parallel.For(0, count, new() { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, part);
        }
        catch (AggregateException many)
        {
            ExceptionDispatchInfo.Throw(many.Flatten().InnerExceptions[0]);
        }
    }
}

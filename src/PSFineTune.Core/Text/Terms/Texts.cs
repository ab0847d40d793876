using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PSFineTune.Data;

namespace PSFineTune.Text.Terms;

/// <summary>Work over the texts of a dataset, on every core, whose results come in the order of the texts.</summary>
static class Texts
{
    const int Together = 512;

    /// <summary>Texts in a row are made into one result by one thread.</summary>
    /// <typeparam name="TMachine">What a thread works with.</typeparam>
    /// <typeparam name="TResult">Of some texts.</typeparam>
    /// <param name="data">Whose samples are texts.</param>
    /// <param name="rows">Of the dataset.</param>
    /// <param name="machine">Made once a thread.</param>
    /// <param name="work">Of rows in a row; the results do not depend on the threads.</param>
    /// <param name="cancel">Stops within a few hundred texts.</param>
    public static IEnumerable<TResult> Work<TMachine, TResult>(Dataset data, IReadOnlyList<int> rows, Func<TMachine> machine, Func<TMachine, IEnumerable<(int Row, string Text)>, TResult> work, CancellationToken cancel)
    {
        // The first is made here, so that a file that is missing is a fault of the caller's and not of a thread.
        var spare = new ConcurrentBag<TMachine> { machine() };
        using var results = Enumerable.Range(0, (rows.Count + Together - 1) / Together).AsParallel().AsOrdered().WithCancellation(cancel).WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(part =>
        {
            var mine = spare.TryTake(out var idle) ? idle : machine();
            var result = work(mine, Enumerable.Range(part * Together, Math.Min(Together, rows.Count - part * Together)).Select(at => (rows[at], data.SampleAt(rows[at]).Item)));
            spare.Add(mine);
            return result;
        }).GetEnumerator();
        while (Next(results)) yield return results.Current;
    }

    // What stopped one thread is what stopped the work.
    static bool Next<T>(IEnumerator<T> results)
    {
        try
        {
            return results.MoveNext();
        }
        catch (AggregateException many)
        {
            ExceptionDispatchInfo.Throw(many.Flatten().InnerExceptions[0]);
            throw;
        }
    }
}

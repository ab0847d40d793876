using PSFineTune.Data;

namespace PSFineTune.Tasks;

/// <summary>
/// Progress of work that reports by a call, as events that are pulled: the work goes on a thread of its own, and whoever
/// pulls sees the newest step twice a second at most.
/// </summary>
sealed class ProgressQueue : IProgress<ImportProgress>
{
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    ImportProgress? _newest;

    public void Report(ImportProgress value) => Volatile.Write(ref _newest, value);

    /// <summary>Steps of the work until it is done.</summary>
    public IEnumerable<TaskEvent> While(Action work)
    {
        var under = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // Work that takes no time is not waited for longer than it takes.
        try
        {
            while (!((IAsyncResult)under).AsyncWaitHandle.WaitOne(s_pause))
                if (Interlocked.Exchange(ref _newest, null) is { } step) yield return new StageProgressed(step);
        }
        finally
        {
            // Whoever stops pulling has asked the work to end; what it holds is given back only when it has.
            ((IAsyncResult)under).AsyncWaitHandle.WaitOne();
        }
        under.GetAwaiter().GetResult();
    }
}

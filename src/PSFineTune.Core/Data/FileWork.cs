using System.Diagnostics;

namespace PSFineTune.Data;

/// <summary>The same work on many files, on a few threads, told from the calling thread as a shell's progress must be.</summary>
sealed class FileWork(IProgress<ImportProgress>? progress)
{
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    // Disks gain from more than one reader, and lose from many.
    static readonly int s_threads = Math.Clamp(Environment.ProcessorCount, 2, 4);

    int _done;

    /// <summary>Calls the body for 0 … count - 1; the first exception of a body ends it all.</summary>
    public void Run(string activity, int count, Action<int> body, CancellationToken cancel) => Run(activity, count, 1, (from, _) => body(from), cancel);

    /// <summary>The same in blocks.</summary>
    /// <param name="activity">As progress names it.</param>
    /// <param name="count">In all.</param>
    /// <param name="most">In a block.</param>
    /// <param name="body">Called with the first of a block and the one behind its last.</param>
    /// <param name="cancel">Checked for every block.</param>
    public void Run(string activity, int count, int most, Action<int, int> body, CancellationToken cancel)
    {
        _done = 0;
        var clock = Stopwatch.StartNew();
        var work = Task.Run(() => Parallel.For(0, (count + most - 1) / most, new() { MaxDegreeOfParallelism = s_threads, CancellationToken = cancel }, Count), CancellationToken.None);
        while (Task.WaitAny([work], s_pause) < 0) Tell();
        try
        {
            work.GetAwaiter().GetResult();
        }
        catch (AggregateException many)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(many.Flatten().InnerExceptions[0]);
        }
        Tell();

        void Count(int block)
        {
            var (from, to) = (block * most, Math.Min(count, (block + 1) * most));
            body(from, to);
            Interlocked.Add(ref _done, to - from);
        }

        void Tell()
        {
            var done = Volatile.Read(ref _done);
            var left = done > 0 ? clock.Elapsed * ((count - done) / (double)done) : (TimeSpan?)null;
            progress?.Report(new() { Activity = activity, Done = done, Total = count, Left = left });
        }
    }
}

using System.Diagnostics;

namespace PSFineTune.Training;

/// <summary>The most memory that the process held since this was made, looked at beside what it does.</summary>
/// <remarks>A training step frees what it took before it ends, so looking after it would see little of it.</remarks>
sealed class MemoryPeak : IDisposable
{
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    readonly ManualResetEventSlim _stop = new();
    readonly Thread _watcher;
    readonly long _before = Highest();
    long _seen = Environment.WorkingSet;

    public MemoryPeak()
    {
        _watcher = new(Watch) { IsBackground = true, Name = "PSFineTune memory" };
        _watcher.Start();
    }

    public long Bytes => Highest() is var highest && highest > _before ? Math.Max(highest, Interlocked.Read(ref _seen)) : Interlocked.Read(ref _seen);

    public void Dispose()
    {
        _stop.Set();
        _watcher.Join();
        _stop.Dispose();
    }

    void Watch()
    {
        while (!_stop.Wait(s_pause))
            if (Environment.WorkingSet is var now && now > Interlocked.Read(ref _seen)) Interlocked.Exchange(ref _seen, now);
    }

    /// <summary>Since the process began; 0 where the system does not keep it.</summary>
    public static long Highest()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}

using System.Diagnostics;

namespace PSFineTune.Ledger;

/// <summary>One writer at a time, of any process; the system takes the right back from one that is killed.</summary>
/// <remarks>By a file beside the ledger that is never removed: removed, two processes could hold two files of one name.</remarks>
static class LedgerLock
{
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    /// <param name="ledger">Path of the ledger.</param>
    /// <param name="patience">How long to wait for others.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="FineTuneException">LedgerBusy, CannotWrite.</exception>
    public static IDisposable Take(string ledger, TimeSpan patience, CancellationToken cancel)
    {
        var path = Path.ChangeExtension(ledger, ".lock");
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (Exception wrong) when (wrong is UnauthorizedAccessException or DirectoryNotFoundException || wrong is IOException && !File.Exists(path))
            {
                throw Fault.CannotWrite(path, wrong);
            }
            catch (IOException wrong)
            {
                if (waited.Elapsed > patience) throw Fault.LedgerBusy(ledger, patience, wrong);
            }
            cancel.ThrowIfCancellationRequested();
            Thread.Sleep(s_pause);
        }
    }

    /// <summary>The same for whoever only reads; null where this account may not write there, or others write without end.</summary>
    public static IDisposable? TryTake(string ledger, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            // A folder that is not there stays so.
            return File.Exists(Path.ChangeExtension(ledger, ".lock")) ? Take(ledger, patience, cancel) : null;
        }
        catch (FineTuneException)
        {
            return null;
        }
    }
}

using System.Diagnostics;

namespace PSFineTune.Locking;

/// <summary>
/// One process at a time. Exclusion is the operating system's: a file that is held open for one alone, and that a process
/// that is killed gives back. The file itself is never removed, for of two processes one could hold the removed and the
/// other a new one. Who the owner is stands in a second file, {path}.owner, which is for people and decides nothing.
/// </summary>
sealed class FineTuneLock : IDisposable
{
    static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(25);
    static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    // A reader of the lock, or a scanner of files, may have the file open for a moment where nobody holds it.
    static readonly TimeSpan s_passing = TimeSpan.FromMilliseconds(300);

    readonly FileStream _file;

    FineTuneLock(string path, FileStream file, LockOwner owner, LockOwner? left) => (Path, _file, Owner, Left) = (path, file, owner, left);

    /// <summary>The file that is held, full path.</summary>
    public string Path { get; }

    /// <summary>This process.</summary>
    public LockOwner Owner { get; }

    /// <summary>Who held the lock before and did not give it back: it was killed, or its machine went down; null for nobody.</summary>
    public LockOwner? Left { get; }

    /// <summary>What is to be said of a lock that was left, one sentence; null for nothing.</summary>
    public string? Note => Left is null ? null : $"The lock '{Path}' was left by {Left.Told}, which has ended{(Left.HasEnded ? "" : " or lost its connection")}.";

    /// <summary>Whether the file is still where it was opened: not where its share has gone away, or somebody has deleted it.</summary>
    public bool IsInPlace => File.Exists(Path);

    /// <summary>What the operator should know of locks at this place, one sentence; null on a disk of this machine.</summary>
    public string? Warning { get; private init; }

    /// <param name="path">The lock file; made with its folder where it is not there, and left there.</param>
    /// <param name="purpose">What is done under the lock, for those who find it held.</param>
    /// <param name="policy">What to do where it is held.</param>
    /// <param name="wait">How long Wait waits; TimeSpan.MaxValue or Timeout.InfiniteTimeSpan for ever.</param>
    /// <param name="cancel">Checked while waiting.</param>
    /// <returns>Null where it is held and the policy is Skip.</returns>
    /// <exception cref="FineTuneException">Locked, NoLocks, CannotWrite.</exception>
    public static FineTuneLock? Acquire(string path, string purpose, LockPolicy policy, TimeSpan wait, CancellationToken cancel)
    {
        var full = System.IO.Path.GetFullPath(path);
        var (patience, watch, pause) = (policy == LockPolicy.Wait ? wait : TimeSpan.Zero, Stopwatch.StartNew(), s_firstPause);
        if (patience < TimeSpan.Zero) patience = TimeSpan.MaxValue;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (Opened(full, FileAccess.ReadWrite, FileShare.None) is { } file) return Taken(full, file, purpose);
            var owner = LockOwner.In(OwnerPath(full));
            var (known, passed) = (owner is { HasEnded: false }, watch.Elapsed);
            if (passed >= patience && (known || passed >= s_passing))
                return policy == LockPolicy.Skip ? null : throw Fault.Locked(full, known ? owner! : new(), policy == LockPolicy.Wait ? passed : null);
            // The last look is when the time is up, not a pause after it.
            var left = known || patience > s_passing ? patience - passed : s_passing - passed;
            cancel.WaitHandle.WaitOne(TimeSpan.FromTicks(Math.Clamp(left.Ticks, TimeSpan.TicksPerMillisecond, pause.Ticks)));
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, s_longestPause.Ticks));
        }
    }

    /// <summary>Who holds a lock now; null for nobody, and a record without process where the owner did not say who it is.</summary>
    /// <exception cref="FineTuneException">CannotRead, where it may not be looked at.</exception>
    public static LockOwner? Read(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!File.Exists(full)) return null;
        using (var free = Opened(full, FileAccess.Read, FileShare.Read))
            if (free is not null) return null;
        return LockOwner.In(OwnerPath(full)) is { HasEnded: false } owner ? owner : new();
    }

    public void Dispose()
    {
        if (_file.SafeFileHandle.IsClosed) return;
        // While the lock is held, so that it is not the record of the next owner.
        Leftovers.TryRemove(OwnerPath(Path));
        _file.Dispose();
    }

    static FineTuneLock Taken(string path, FileStream file, string purpose)
    {
        try
        {
            using (var second = Opened(path, FileAccess.ReadWrite, FileShare.None))
                if (second is not null) throw Fault.NoLocks(path);
            var left = LockOwner.In(OwnerPath(path));
            var owner = LockOwner.Here(purpose, DateTimeOffset.UtcNow);
            Record(OwnerPath(path), owner);
            return new(path, file, owner, left)
            {
                Warning = NetworkShare.KindOf(System.IO.Path.GetDirectoryName(path)!) is { } kind
                    ? $"'{path}' is on the file system of another machine or program ({kind}): that one process at a time holds it rests on that, and on how it is mounted at every machine." : null,
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Null where another process has it, or has just made it.
    static FileStream? Opened(string path, FileAccess access, FileShare share)
    {
        try
        {
            if (access != FileAccess.Read) Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (access == FileAccess.Read || File.Exists(path)) return new(path, FileMode.Open, access, share, 1);
            // Nothing is made behind a link that leads nowhere.
            return new(path, FileMode.CreateNew, access, share, 1);
        }
        catch (IOException wrong) when (access != FileAccess.Read && IsMeanwhile(path, wrong))
        {
            return null;
        }
        catch (IOException wrong) when (IsShared(wrong))
        {
            return null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw access == FileAccess.Read ? Fault.CannotRead(path, wrong) : Fault.CannotWrite(path, wrong);
        }
    }

    // On Windows one who reads an older record is in the way for a moment. The lock holds without a record.
    static void Record(string path, LockOwner owner)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                DurableFile.WriteText(path, PlanJson.Write(owner));
                return;
            }
            catch (FineTuneException) when (tries < 5)
            {
                Thread.Sleep(20);
            }
            catch (FineTuneException)
            {
                return;
            }
        }
    }

    // Another process has made or removed the file between the look and the opening: the next look tells.
    static bool IsMeanwhile(string path, IOException wrong) => new FileInfo(path).LinkTarget is null && (wrong is FileNotFoundException || ((wrong.HResult & 0xFFFF) is 17 or 80 or 183 && File.Exists(path)));

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and of macOS.
    static bool IsShared(IOException wrong) => OperatingSystem.IsWindows() ? (wrong.HResult & 0xFFFF) is 32 or 33 : wrong.HResult is 11 or 35;

    static string OwnerPath(string path) => path + ".owner";
}

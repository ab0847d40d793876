using PSFineTune.Locking;

namespace PSFineTune.Exports;

/// <summary>The folder beside an .onnx file that it is written in, held open while it is in use. What exports left that were killed is removed.</summary>
sealed class OnnxFolder : IDisposable
{
    const string HeldName = "held", Ending = ".tmp";

    /// <summary>Between a folder and who holds it there is a moment.</summary>
    static readonly TimeSpan s_young = TimeSpan.FromMinutes(1);

    readonly FileStream _held;

    /// <param name="folder">Of the .onnx file; made where it is not there.</param>
    /// <param name="name">Of the .onnx file.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public OnnxFolder(string folder, string name)
    {
        Path = System.IO.Path.Combine(folder, $"{name}.{Guid.NewGuid():N}{Ending}");
        Directory.CreateDirectory(Path);
        _held = new(System.IO.Path.Combine(Path, HeldName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1);
        Sweep(folder, name);
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    public void Dispose()
    {
        _held.Dispose();
        Leftovers.TryRemove(Path);
    }

    static void Sweep(string folder, string name)
    {
        foreach (var left in Directory.EnumerateDirectories(folder, "*" + Ending).Where(path => IsOurs(System.IO.Path.GetFileName(path), name)).ToList())
            if (IsFree(System.IO.Path.Combine(left, HeldName))) Leftovers.TryRemove(left);
    }

    static bool IsOurs(string folder, string name) => folder.StartsWith(name + ".", StringComparison.Ordinal) && folder.EndsWith(Ending, StringComparison.Ordinal)
        && folder.Length > name.Length + Ending.Length && Guid.TryParseExact(folder[(name.Length + 1)..^Ending.Length], "N", out _);

    static bool IsFree(string held)
    {
        try
        {
            if (!File.Exists(held) || DateTimeOffset.UtcNow - File.GetLastWriteTimeUtc(held) < s_young) return false;
            using var own = FineTuneLock.Acquire(held, "removing what an export left", LockPolicy.Skip, TimeSpan.Zero, CancellationToken.None);
            return own is not null;
        }
        // It cannot be told, such as on a share that knows no locks.
        catch (Exception wrong) when (wrong is FineTuneException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

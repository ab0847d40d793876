using System.Diagnostics;
using System.Text.Json;

namespace PSFineTune.Locking;

/// <summary>What to do where another process holds the lock.</summary>
public enum LockPolicy
{
    /// <summary>End with the fault Locked at once.</summary>
    Fail,

    /// <summary>Wait until it is free or the time is up.</summary>
    Wait,

    /// <summary>Do nothing, for the other process does it already.</summary>
    Skip,
}

/// <summary>Who holds a lock, as it says of itself.</summary>
public sealed record LockOwner
{
    /// <summary>Name of the machine.</summary>
    public string Host { get; init; } = "";

    /// <summary>0 where it is not known who holds the lock.</summary>
    public int ProcessId { get; init; }

    /// <summary>When the process began: with its id this tells it from a later process of the same id.</summary>
    public DateTimeOffset ProcessStarted { get; init; }

    /// <summary>The account that it runs as, on Windows with its domain.</summary>
    public string User { get; init; } = "";

    /// <summary>What it does under the lock.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>When it got the lock.</summary>
    public DateTimeOffset Taken { get; init; }

    // The start of a process is counted from the machine's, which a corrected clock moves.
    static readonly TimeSpan s_clockSteps = TimeSpan.FromSeconds(5);

    /// <param name="purpose">What this process is about to do.</param>
    /// <param name="now">When.</param>
    internal static LockOwner Here(string purpose, DateTimeOffset now)
    {
        using var own = Process.GetCurrentProcess();
        return new() { Host = Environment.MachineName, ProcessId = own.Id, ProcessStarted = own.StartTime.ToUniversalTime(), User = Account, Purpose = purpose, Taken = now };
    }

    /// <summary>The account of this process.</summary>
    internal static string Account => OperatingSystem.IsWindows() ? $"{Environment.UserDomainName}\\{Environment.UserName}" : Environment.UserName;

    /// <summary>Whether the process is gone from this machine; false where it is of another machine, of which nothing is known here.</summary>
    internal bool HasEnded
    {
        get
        {
            if (ProcessId == 0 || !string.Equals(Host, Environment.MachineName, StringComparison.OrdinalIgnoreCase)) return false;
            try
            {
                using var process = Process.GetProcessById(ProcessId);
                return (process.StartTime.ToUniversalTime() - ProcessStarted).Duration() > s_clockSteps;
            }
            catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
            {
                return true;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // A process of another account that may not be looked at is there.
                return false;
            }
        }
    }

    /// <summary>For a message: purpose, account, machine, process and since when.</summary>
    internal string Told => ProcessId == 0 ? "a process that did not say who it is"
        : FormattableString.Invariant($"process {ProcessId} of {User} on {Host} ({Purpose}), since {Taken.ToLocalTime():yyyy-MM-dd HH:mm:ss zzz}");

    /// <summary>The record in a file; null where there is none that can be read.</summary>
    internal static LockOwner? In(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return PlanJson.Read<LockOwner>(reader.ReadToEnd()) is { Host: not null, User: not null, Purpose: not null } owner ? owner : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException or FineTuneException)
        {
            return null;
        }
    }
}

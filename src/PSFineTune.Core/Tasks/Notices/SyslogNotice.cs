using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PSFineTune.Tasks.Notices;

/// <summary>A line in the system's log, by its socket in the file system (RFC 3164): nothing leaves the machine.</summary>
/// <param name="path">Of the socket; null for the system's.</param>
sealed class SyslogNotice(string? path = null) : Notice
{
    // Facility 1, user-level; severities of RFC 5424.
    const int Facility = 1 << 3, Error = 3, Warning = 4, Info = 6;

    static readonly string[] s_sockets = ["/dev/log", "/var/run/syslog"];

    // What a datagram of every syslog takes.
    const int MostBytes = 1024;

    /// <summary>This system has one.</summary>
    public static bool IsHere => s_sockets.Any(File.Exists);

    public override string Name => "syslog";

    public override void Send(TaskOutcome outcome, CancellationToken cancel)
    {
        var to = path ?? s_sockets.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("this system has no syslog");
        var severity = outcome.Result switch { TaskResult.Published => Info, TaskResult.Held or TaskResult.Locked or TaskResult.Stopped => Warning, _ => Error };
        // The day has two places (RFC 3164).
        var local = outcome.Finished.ToLocalTime();
        var time = string.Create(CultureInfo.InvariantCulture, $"{local:MMM} {local.Day,2} {local:HH:mm:ss}");
        var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<{Facility | severity}>{time} PSFineTune[{Environment.ProcessId}]: {Line(outcome)}"));
        // A log that takes nothing must not hold up the task.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = 5000 };
        socket.Connect(new UnixDomainSocketEndPoint(to));
        socket.Send(line.AsSpan(0, Math.Min(line.Length, MostBytes)));
    }
}

using System.Diagnostics;
using System.Management.Automation.Host;
using System.Text;

namespace PSFineTune.Cmdlets;

/// <summary>Where a person of this session can see a picture: the terminal where it draws pictures, else a viewer.</summary>
static class Screen
{
    const int KittyChunk = 4096;

    // Hosts without a person: background jobs, remote sessions, runspaces of a program.
    static readonly string[] s_unattended = ["ServerRemoteHost", "Default Host"];

    /// <summary>Shows the bytes of a PNG file.</summary>
    /// <exception cref="FineTuneException">NoViewer.</exception>
    public static void Show(byte[] png, PSHost host)
    {
        if (InTerminal(png, Environment.GetEnvironmentVariable) is { } drawn) host.UI.WriteLine(drawn);
        else Open(png);
    }

    /// <summary>Refuses a session that no person watches, before any work is done.</summary>
    /// <exception cref="FineTuneException">NoViewer.</exception>
    public static void Check(PSHost host)
    {
        var unattended = host.UI is null || s_unattended.Contains(host.Name) || Console.IsOutputRedirected || !Environment.UserInteractive
            || Environment.GetCommandLineArgs().Skip(1).Any(argument => argument.TrimStart('-', '/').StartsWith("noni", StringComparison.OrdinalIgnoreCase));
        if (unattended || !HasDesktop && InTerminal([], Environment.GetEnvironmentVariable) is null) throw Fault.NoViewer();
    }

    static bool HasDesktop => !OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 } || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    /// <summary>The picture in the terminal's own language (iTerm2's inline images, kitty's graphics), or null where it knows none.</summary>
    internal static string? InTerminal(byte[] png, Func<string, string?> variable)
    {
        var text = Convert.ToBase64String(png);
        if (variable("TERM_PROGRAM") is "iTerm.app" or "WezTerm") return $"\u001b]1337;File=inline=1;size={png.Length}:{text}\a";
        return variable("KITTY_WINDOW_ID") is { Length: > 0 } || variable("TERM") is "xterm-kitty" or "xterm-ghostty" ? Kitty(text) : null;
    }

    // Pieces of at most 4096 letters; all but the last say that more follow.
    static string Kitty(string text)
    {
        var drawn = new StringBuilder();
        for (var at = 0; at == 0 || at < text.Length; at += KittyChunk)
        {
            var piece = text.AsSpan(at, Math.Min(KittyChunk, text.Length - at));
            drawn.Append($"\u001b_G{(at == 0 ? "a=T,f=100," : "")}m={(at + KittyChunk < text.Length ? 1 : 0)};{piece}\u001b\\");
        }
        return drawn.ToString();
    }

    static void Open(byte[] png)
    {
        var path = Path.Combine(Path.GetTempPath(), $"psfinetune-{Guid.NewGuid():n}.png");
        DurableFile.Write(path, stream => stream.Write(png));
        try
        {
            using var viewer = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
        }
        catch (Exception wrong) when (wrong is System.ComponentModel.Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            throw Fault.ViewerFailed(path, wrong);
        }
    }
}

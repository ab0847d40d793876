using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>Where a person of this session can see a picture: the terminal where it draws pictures, else a viewer.</summary>
static class Screen
{
    const int KittyChunk = 4096;
    const int UsualColumns = 80;

    // Of a character of common terminals; a wider picture would be cut off.
    const int PixelsAcross = 8;

    // Hosts without a person: background jobs, remote sessions, runspaces of a program.
    static readonly string[] s_unattended = ["ServerRemoteHost", "Default Host"];

    /// <summary>Shows a grid.</summary>
    /// <param name="drawing">The grid.</param>
    /// <param name="host">Of the session.</param>
    /// <param name="asked">How the terminal draws; Auto to find it.</param>
    /// <exception cref="FineTuneException">NoViewer.</exception>
    public static void Show(GridDrawing drawing, PSHost host, TerminalKind asked)
    {
        var kind = KindOf(asked);
        if (kind == TerminalKind.HalfBlocks) host.UI.Write(drawing.Blocks(Columns(host)));
        else if (InTerminal(drawing.Image(".png"), kind, Columns(host)) is { } drawn) host.UI.WriteLine(drawn);
        else Open(drawing.Image(".png"));
    }

    /// <summary>Shows curves: in characters, also where the output goes to a file, unless a way to draw pictures is asked for.</summary>
    /// <exception cref="FineTuneException">NoViewer.</exception>
    public static void Show(CurveDrawing curves, FineTuneCmdlet cmdlet, TerminalKind asked)
    {
        var host = cmdlet.Host;
        if (asked is TerminalKind.Auto or TerminalKind.HalfBlocks)
        {
            // A job has no screen; what is said to it is kept with its output.
            if (host.UI is null || s_unattended.Contains(host.Name)) cmdlet.WriteInformation(new HostInformationMessage { Message = curves.Text(UsualColumns, colors: false) }, ["PSHOST"]);
            else host.UI.Write(curves.Text(Columns(host), HasColors));
            return;
        }
        Check(host, asked);
        if (InTerminal(curves.Image(".png"), asked, Columns(host)) is { } drawn) host.UI.WriteLine(drawn);
        else Open(curves.Image(".png"));
    }

    /// <summary>Whether what is written can be written anew in its place.</summary>
    public static bool IsLive(PSHost host) => host.UI is not null && !s_unattended.Contains(host.Name) && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    public static bool HasColors => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    /// <summary>Refuses a session that no person watches, before any work is done.</summary>
    /// <exception cref="FineTuneException">NoViewer.</exception>
    public static void Check(PSHost host, TerminalKind asked)
    {
        var unattended = host.UI is null || s_unattended.Contains(host.Name) || Console.IsOutputRedirected || !Environment.UserInteractive
            || Environment.GetCommandLineArgs().Skip(1).Any(argument => argument.TrimStart('-', '/').StartsWith("noni", StringComparison.OrdinalIgnoreCase));
        if (unattended || !HasDesktop && KindOf(asked) == TerminalKind.None) throw Fault.NoViewer();
    }

    static bool HasDesktop => !OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 } || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    // Where nobody asked for blocks, a viewer that shows every pixel is better than they are.
    static TerminalKind KindOf(TerminalKind asked)
    {
        var kind = TerminalKinds.Of(asked, Environment.GetEnvironmentVariable);
        var isFound = asked == TerminalKind.Auto && Environment.GetEnvironmentVariable(TerminalKinds.Variable) is null or "";
        return kind == TerminalKind.HalfBlocks && isFound && HasDesktop ? TerminalKind.None : kind;
    }

    /// <summary>Characters of a line; those of a usual terminal where the output goes to a file.</summary>
    public static int Columns(PSHost host)
    {
        if (Console.IsOutputRedirected) return UsualColumns;
        try
        {
            return host.UI.RawUI is { WindowSize.Width: > 0 and var width } ? width : UsualColumns;
        }
        catch (Exception wrong) when (wrong is HostException or SystemException)
        {
            return UsualColumns;
        }
    }

    /// <summary>The picture in the terminal's own language, or null where it knows none.</summary>
    internal static string? InTerminal(byte[] png, TerminalKind kind, int columns) => kind switch
    {
        TerminalKind.ITerm => $"\u001b]1337;File=inline=1;size={png.Length}:{Convert.ToBase64String(png)}\a",
        TerminalKind.Kitty => Kitty(Convert.ToBase64String(png)),
        TerminalKind.Sixel => Sixel.Encode(png, columns * PixelsAcross),
        _ => null,
    };

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

namespace PSFineTune.Pictures;

/// <summary>How a terminal draws pictures.</summary>
public enum TerminalKind
{
    /// <summary>Found from the environment.</summary>
    Auto,

    /// <summary>kitty's graphics protocol.</summary>
    Kitty,

    /// <summary>iTerm2's inline images.</summary>
    ITerm,

    /// <summary>DEC's sixels.</summary>
    Sixel,

    /// <summary>Blocks of 24-bit colours, two pixels a character.</summary>
    HalfBlocks,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>What the environment says of the terminal.</summary>
static class TerminalKinds
{
    public const string Variable = "PSFINETUNE_TERMINAL";

    // Terminals that name themselves and draw sixels without being asked to.
    static readonly string[] s_sixel = ["foot", "foot-extra", "mlterm", "mlterm-256color", "yaft-256color", "contour", "xterm-sixel"];

    /// <summary>The kind asked for, or else the one that the variables tell.</summary>
    /// <param name="asked">By parameter; Auto looks at the variables.</param>
    /// <param name="variable">Of the environment.</param>
    /// <exception cref="FineTuneException">UnknownName, where the variable of ours names no kind.</exception>
    public static TerminalKind Of(TerminalKind asked, Func<string, string?> variable)
    {
        if (asked != TerminalKind.Auto) return asked;
        if (variable(Variable) is { Length: > 0 } named && Named(named) is not TerminalKind.Auto and var given) return given;

        var (term, program) = (variable("TERM") ?? "", variable("TERM_PROGRAM") ?? "");
        // A multiplexer swallows what it does not know, and hands on the variables of the terminal it runs in.
        var isPlain = variable("TMUX") is { Length: > 0 } || term.StartsWith("screen", StringComparison.Ordinal) || term.StartsWith("tmux", StringComparison.Ordinal);
        if (!isPlain)
        {
            if (program is "iTerm.app" or "WezTerm") return TerminalKind.ITerm;
            if (variable("KITTY_WINDOW_ID") is { Length: > 0 } || term is "xterm-kitty" or "xterm-ghostty") return TerminalKind.Kitty;
            if (program is "mintty" or "contour" || s_sixel.Contains(term)) return TerminalKind.Sixel;
        }
        return isPlain || variable("COLORTERM") is "truecolor" or "24bit" || variable("WT_SESSION") is { Length: > 0 } ? TerminalKind.HalfBlocks : TerminalKind.None;
    }

    static TerminalKind Named(string name) =>
        Enum.TryParse<TerminalKind>(name, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : throw Fault.Unknown(nameof(TerminalKind), name, Enum.GetNames<TerminalKind>());
}

namespace PSFineTune.Hosting;

/// <summary>The command line, read as pwsh reads its own.</summary>
sealed record HostOptions
{
    public const string Usage = """
        usage: PSFineTune.Host [-NonInteractive] SCRIPT.ps1 [ARGUMENTS]
               PSFineTune.Host [-NonInteractive] -Command TEXT

        Runs a PowerShell script on the official engine package, where there is no pwsh.
        -NonInteractive   questions are errors; so they are where standard input is no terminal
        -Help             prints this
        Exit code: that of `exit`, 1 after a terminating error, 130 after Ctrl+C, 64 for a wrong command line, else 0;
        with -Command, 1 where the last command failed.
        """;

    public bool Help { get; init; }

    public bool NonInteractive { get; init; }

    public string? Command { get; init; }

    public string? Script { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What is wrong with the command line; null where nothing is.</summary>
    public string? Error { get; init; }

    public static HostOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new HostOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var rest = arguments.Skip(i + 1).ToList();
            switch (arguments[i].ToLowerInvariant().Replace("--", "-", StringComparison.Ordinal))
            {
                case "-help" or "-h" or "-?":
                    return options with { Help = true };
                case "-noninteractive":
                    options = options with { NonInteractive = true };
                    break;
                case "-noprofile" or "-nop" or "-nologo":
                    break;
                case "-command" or "-c":
                    return rest.Count > 0 ? options with { Command = string.Join(' ', rest) } : options with { Error = "-Command needs a text." };
                case "-file" or "-f":
                    return rest.Count > 0 ? options with { Script = rest[0], Arguments = rest[1..] } : options with { Error = "-File needs a script." };
                case { } option when option.StartsWith('-'):
                    return options with { Error = $"There is no option '{arguments[i]}'." };
                default:
                    return options with { Script = arguments[i], Arguments = rest };
            }
        }
        return options with { Error = "No script is given." };
    }
}

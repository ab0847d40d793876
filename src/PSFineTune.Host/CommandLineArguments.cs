using System.Management.Automation.Runspaces;

namespace PSFineTune.Hosting;

/// <summary>Arguments of `script.ps1 -Path x -Flag -Other:$false y`, read as pwsh -File reads them.</summary>
static class CommandLineArguments
{
    public static IEnumerable<CommandParameter> Parse(IEnumerable<string> arguments)
    {
        string? pending = null;
        foreach (var argument in arguments)
        {
            var colon = argument.IndexOf(':', StringComparison.Ordinal);
            if (pending is not null)
            {
                yield return new(pending, argument);
                pending = null;
            }
            else if (argument.Length < 2 || argument[0] != '-' || !(char.IsLetter(argument[1]) || argument[1] is '_' or '?'))
                yield return new(null, argument);
            else if (colon == argument.Length - 1)
                pending = argument;
            else if (colon > 0)
                yield return new(argument[..colon], Value(argument[(colon + 1)..]));
            else
                yield return new(argument);
        }
        if (pending is not null)
            yield return new(pending);
    }

    // Of all expressions only the two that switches need.
    static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" or "true" => true,
        "$false" or "false" => false,
        _ => text,
    };
}

using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace PSFineTune.Hosting;

/// <summary>Session states of the official engine in which scripts find the commands that its package lacks.</summary>
public static class EngineSession
{
    /// <summary>A session state with the engine's own commands and the stand-ins of StandIns/; <paramref name="modules"/> are imported when a runspace opens.</summary>
    /// <param name="modules">Module names or paths, imported in order.</param>
    public static InitialSessionState Create(params string[] modules)
    {
        // The engine reports its use to its maker over the network unless told not to before it starts.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        var state = InitialSessionState.CreateDefault2();
        foreach (var (name, type) in StandIns)
            state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        if (modules.Length > 0)
            state.ImportPSModule(modules);
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        return state;
    }

    /// <summary>Every stand-in by command name, in ordinal order.</summary>
    public static IReadOnlyDictionary<string, Type> StandIns { get; } = new SortedDictionary<string, Type>(
        typeof(EngineSession).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(CmdletAttribute)))
            .ToDictionary(NameOf), StringComparer.Ordinal);

    static string NameOf(Type type)
    {
        var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        return $"{cmdlet.VerbName}-{cmdlet.NounName}";
    }
}

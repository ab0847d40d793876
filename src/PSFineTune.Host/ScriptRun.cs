using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PSFineTune.Hosting.Screen;

namespace PSFineTune.Hosting;

/// <summary>One run of a script or a command text, from an open runspace to an exit code.</summary>
sealed class ScriptRun(ScriptHost host, Runspace runspace)
{
    readonly Lock _stopping = new();
    PowerShell? _running;
    int? _signal;

    /// <summary>Stops the script from another thread; the run then ends with <paramref name="code"/>.</summary>
    /// <returns>False where it is being stopped already.</returns>
    public bool Stop(int code)
    {
        lock (_stopping)
        {
            if (_signal is not null)
                return false;
            _signal = code;
            _running?.BeginStop(null, null);
            return true;
        }
    }

    /// <summary>Runs a script file; `-Name value` arguments bind to its parameters.</summary>
    public int File(string path, IReadOnlyList<string> arguments)
    {
        EngineInternals.LetScriptExit(runspace);
        var command = new Command(path, isScript: false, useLocalScope: false);
        foreach (var argument in CommandLineArguments.Parse(arguments))
            command.Parameters.Add(argument);
        return Run(command) ? 0 : 1;
    }

    /// <summary>Runs a text; the exit code tells whether its last command succeeded.</summary>
    public int Command(string text) =>
        Run(new Command(text, isScript: true, useLocalScope: false)) && runspace.SessionStateProxy.GetVariable("?") is true ? 0 : 1;

    bool Run(Command command)
    {
        using var shell = PowerShell.Create(runspace);
        // Errors travel with the output, so that they appear where they happen; the engine sends them to WriteErrorLine.
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Commands.AddCommand(command).AddCommand("Out-Default");
        lock (_stopping)
            _running = shell;
        try
        {
            if (_signal is null)
                // Only what goes into the history leaves its $? behind.
                shell.Invoke(null, new PSInvocationSettings { AddToHistory = true });
            return true;
        }
        catch (PipelineStoppedException) when (_signal is not null)
        {
            return false;
        }
        catch (RuntimeException error)
        {
            Report(error);
            return false;
        }
        finally
        {
            lock (_stopping)
                _running = null;
        }
    }

    /// <summary>What the run ends with: what the script asked for, also while it was being stopped, then a signal, then <paramref name="code"/>.</summary>
    public int ExitCode(int code) => host.ExitCode ?? _signal ?? code;

    void Report(RuntimeException error)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Out-Default").Invoke(new[] { EngineInternals.AsError(error.ErrorRecord) });
    }
}

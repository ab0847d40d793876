using System.Diagnostics;

namespace PSFineTune.Hosting.Tests;

/// <summary>What a run of the host left behind.</summary>
sealed record HostResult(int ExitCode, string Output, string Error);

/// <summary>The built host as a child process, as a container or a build agent starts it.</summary>
static class HostProcess
{
    public static HostResult RunScript(TempFolder folder, string script, params string[] arguments) =>
        Run(folder, [folder.Write("script.ps1", script), .. arguments]);

    public static HostResult Run(TempFolder folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        process.StandardInput.Close();
        return Finish(process);
    }

    public static Process Start(TempFolder folder, params string[] arguments)
    {
        string[] program = ["dotnet", typeof(EngineSession).Assembly.Location, .. arguments];
        // A test run in the background ignores SIGINT, and so would its children.
        if (OperatingSystem.IsLinux())
            program = ["env", "--default-signal=INT", .. program];
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        start.Environment["PSModulePath"] = folder["modules"];
        return Process.Start(start)!;
    }

    public static HostResult Finish(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output.ReplaceLineEndings("\n"), error.GetAwaiter().GetResult().ReplaceLineEndings("\n"));
    }
}

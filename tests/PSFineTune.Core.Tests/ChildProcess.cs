using System.Diagnostics;

namespace PSFineTune.Tests;

/// <summary>This program in processes of its own, for what can only be tried by several.</summary>
static class ChildProcess
{
    public const string Mark = "--child";

    /// <summary>What a child does when it is started: a role and its arguments; the exit code says how it went.</summary>
    public static int Run(string role, string[] arguments) => role switch
    {
        "race" => LockRace.Child(arguments[0]),
        "hold" => LockRace.Hold(arguments[0]),
        "install" => RuntimeProcessTests.Child(arguments[0]),
        "read" => StoreReader.Child(arguments[0], arguments[1] == "load", int.Parse(arguments[2], System.Globalization.CultureInfo.InvariantCulture)),
        "publish" => StoreReader.Publisher(arguments[0], arguments[1]),
        "download" => DownloadProcessTests.Child(arguments[0], arguments[1], arguments[2]),
        "memory" => MeasuredMemory.Child(arguments[0]),
        "silent" => DownloadProcessTests.Silent(arguments[0]),
        _ => 99,
    };

    public static Process Start(string role, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, Mark, role, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        // Fifty heaps for each core would be more than a small machine has.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    public static bool Until(Func<bool> holds, int seconds = 60)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(seconds); Thread.Sleep(20))
            if (holds()) return true;
        return holds();
    }

    /// <summary>Exit code and what was written; the process is disposed.</summary>
    public static (int Code, string Said) Finish(Process process)
    {
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PSFineTune.Tests;

/// <summary>A task on small texts in a folder of its own, carried out by processes of its own.</summary>
sealed class TaskProcess : IDisposable
{
    const string Script = """
        param([string] $Settings, [switch] $Force)
        Import-Module PSFineTune
        $more = if ($Force) { @{ Force = $true; Reason = 'a test' } } else { @{} }
        exit (Invoke-FineTuneTask $Settings -SetExitCode @more).ExitCode
        """;

    static readonly string[] s_good = ["fine", "kind", "quick", "clean", "warm"], s_bad = ["rude", "slow", "dirty", "cold", "broken"];

    public TaskProcess()
    {
        File.WriteAllText(this["task.ps1"], Script);
        Write(this["task.json"], "");
        Grow(0, 60);
    }

    public string this[string name] => Path.Combine(Folder, name);

    public string Folder { get; } = Directory.CreateTempSubdirectory("psfinetune-task-").FullName;

    public string Store => this["ws/store"];

    /// <summary>PowerShell itself where it is on the path, and always this project's host.</summary>
    public static ShellData Shells { get; } = new();

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Settings of the task with more in them.</summary>
    public void Write(string path, string more, string model = "\"LinearSvm\"") => File.WriteAllText(path, $$"""
        { "name": "notes", "workspace": "ws", "data": { "path": "notes.csv", "textColumn": "text", "labelColumn": "label", "testFraction": 0.3 },
          "plan": { "model": {{model}} }, "report": { "skip": true }, "notify": { "skip": true } {{more}} }
        """);

    /// <summary>Writes texts, so many more for each round: every round makes another model.</summary>
    public void Grow(int round, int first)
    {
        var text = new StringBuilder("text,label\n");
        for (var row = 0; row < first + 2 * round; row++)
        {
            var words = row % 2 == 0 ? s_good : s_bad;
            text.Append(CultureInfo.InvariantCulture, $"{words[row % 5]} {words[row / 2 % 5]} room {row},{(row % 2 == 0 ? "good" : "bad")}\n");
        }
        File.WriteAllText(this["notes.csv"] + ".new", text.ToString());
        File.Move(this["notes.csv"] + ".new", this["notes.csv"], overwrite: true);
    }

    /// <summary>Starts the task by a script, as a scheduler would.</summary>
    public Process Start(string shell = "host", string settings = "task.json", bool force = false) =>
        Run(shell, ["-File", this["task.ps1"], this[settings], .. force ? ["-Force"] : Array.Empty<string>()]);

    public Process Command(string shell, string command) => Run(shell, ["-Command", command]);

    /// <summary>The exit code, and all that was said.</summary>
    public static (int Code, string Output) Finish(Process process)
    {
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.GetAwaiter().GetResult());
        }
    }

    Process Run(string shell, string[] arguments)
    {
        var host = new[] { Path.Combine(AppContext.BaseDirectory, "PSFineTune.Host.dll") }.Concat(arguments.Where(argument => argument != "-File"));
        var start = shell == "host" ? new ProcessStartInfo("dotnet", host) : new ProcessStartInfo(shell, new[] { "-NoProfile", "-NonInteractive" }.Concat(arguments));
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, Folder);
        start.Environment["PSModulePath"] = Repository.Modules;
        start.Environment["PSFINETUNE_WORKSPACE"] = this["default"];
        return Process.Start(start)!;
    }
}

/// <summary>The shells that tests of exit codes run in.</summary>
sealed class ShellData : Xunit.TheoryData<string>
{
    public ShellData()
    {
        Add("host");
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh")))) Add("pwsh");
    }
}

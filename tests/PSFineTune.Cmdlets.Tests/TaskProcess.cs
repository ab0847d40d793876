using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PSFineTune.Tests;

/// <summary>A task on small texts in a folder of its own, carried out by processes of its own.</summary>
sealed class TaskProcess : IDisposable
{
    /// <summary>Another copy of the module where a test names one.</summary>
    public const string Import = "Import-Module ($env:PSFINETUNE_TEST_MODULE ?? 'PSFineTune')";

    const string Script = $$"""
        param([string] $Settings, [switch] $Force, [switch] $Tell)
        {{Import}}
        $more = if ($Force) { @{ Force = $true; Reason = 'a test' } } else { @{} }
        exit (Invoke-FineTuneTask $Settings -SetExitCode -Verbose:$Tell @more).ExitCode
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
    public Process Start(string shell = "host", string settings = "task.json", bool force = false, bool verbose = false, Surroundings? within = null) =>
        Run(shell, ["-File", this["task.ps1"], this[settings], .. force ? ["-Force"] : Array.Empty<string>(), .. verbose ? ["-Tell"] : Array.Empty<string>()], within);

    public Process Command(string shell, string command, Surroundings? within = null) => Run(shell, ["-Command", command], within);

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

    /// <summary>Does something to a task that tells of its stages as soon as one begins, and waits for its end.</summary>
    public static (int Code, string Output) At(string stage, Process process, Action<Process> what)
    {
        var said = new StringBuilder();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            said.AppendLine(line);
            if (!line.StartsWith($"VERBOSE: {stage} ", StringComparison.Ordinal)) continue;
            what(process);
            break;
        }
        var (code, rest) = Finish(process);
        return (code, said.Append(rest).ToString());
    }

    Process Run(string shell, string[] arguments, Surroundings? within)
    {
        string[] line = shell == "host" ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "PSFineTune.Host.dll"), .. arguments.Where(argument => argument != "-File")] : [shell, "-NoProfile", "-NonInteractive", .. arguments];
        if (within?.User is { } user) line = ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", .. line];
        var start = Repository.NewProcess(line[0], line[1..]);
        start.WorkingDirectory = Folder;
        start.Environment["PSFINETUNE_WORKSPACE"] = this["default"];
        foreach (var (name, value) in within?.Variables ?? []) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>Who runs a process, and with which variables.</summary>
/// <param name="User">Number of another account, which only root may name; null for this one.</param>
/// <param name="Variables">By name; null takes one away.</param>
sealed record Surroundings(int? User = null, Dictionary<string, string?>? Variables = null);

/// <summary>The shells that tests of exit codes run in.</summary>
sealed class ShellData : Xunit.TheoryData<string>
{
    public ShellData()
    {
        Add("host");
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh")))) Add("pwsh");
    }
}

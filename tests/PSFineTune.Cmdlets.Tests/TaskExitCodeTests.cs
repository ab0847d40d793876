using System.Diagnostics;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What a scheduler sees of a task: the exit code of its process.</summary>
public sealed class TaskExitCodeTests : IDisposable
{
    readonly TaskProcess _task = new();

    public static TheoryData<string> Shells => TaskProcess.Shells;

    public void Dispose() => _task.Dispose();

    [Theory, MemberData(nameof(Shells))]
    public void Every_outcome_has_its_code(string shell)
    {
        Ends(0, _task.Start(shell));
        // The same again: nothing better.
        Ends(10, _task.Start(shell));
        Ends(10, _task.Command(shell, $"Import-Module PSFineTune; exit (Invoke-FineTuneTask '{_task["task.json"]}').ExitCode"));
        Ends(10, _task.Command(shell, $"Import-Module PSFineTune; $null = Invoke-FineTuneTask '{_task["task.json"]}' -SetExitCode"));
        Ends(50, _task.Start(shell, "none.json"));

        File.WriteAllText(_task["one.csv"], "text,label\na b,good\nc d,good\n");
        _task.Write(_task["one.json"], "");
        File.WriteAllText(_task["one.json"], File.ReadAllText(_task["one.json"]).Replace("notes.csv", "one.csv", StringComparison.Ordinal));
        Ends(20, _task.Start(shell, "one.json"));

        File.WriteAllLines(_task["new.txt"], Enumerable.Range(0, 80).Select(row => $"quarterly figures of the harbour {row * 37} and its cranes"));
        _task.Write(_task["drift.json"], """, "drift": { "path": "new.txt", "minimumCount": 15 } """);
        Ends(21, _task.Start(shell, "drift.json"));

        File.WriteAllText(_task["ws/ledger.jsonl"], File.ReadAllText(_task["ws/ledger.jsonl"]).Replace("\"exitCode\":10", "\"exitCode\":0", StringComparison.Ordinal));
        Ends(60, _task.Start(shell));
    }

    [Theory, MemberData(nameof(Shells))]
    public void A_task_that_is_asked_to_end_ends_with_130_and_says_so(string shell)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM");
        Ends(0, _task.Command("host", $"Import-Module PSFineTune; New-SampleDataset '{_task["photos"]}' -Count 12 -Size 24"));
        File.WriteAllText(_task["photos.json"], """
            { "name": "photos", "workspace": "ws", "data": { "path": "photos", "testFraction": 0.3 }, "report": { "skip": true }, "notify": { "skip": true },
              "plan": { "model": "ResNet20", "recipe": "Tutorial", "imageSize": 16, "epochs": 900, "batchSize": 4, "threads": 1 } }
            """);
        var first = _task.Start(shell, "photos.json");
        Assert.True(Seen(() => Directory.Exists(_task["ws/runs"]) && Directory.EnumerateDirectories(_task["ws/runs"], "epoch-0002", SearchOption.AllDirectories).Any()), "it did not begin");
        // Another one meets it at work.
        Ends(30, _task.Start(shell, "photos.json"));
        using (var kill = Process.Start("kill", ["-TERM", first.Id.ToString()])) kill.WaitForExit();
        Ends(130, first);
        var last = File.ReadLines(_task["ws/ledger.jsonl"]).Last();
        Assert.Contains("\"exitCode\":130", last, StringComparison.Ordinal);
        Assert.Contains("\"event\":\"Task\"", last, StringComparison.Ordinal);
    }

    static bool Seen(Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromMinutes(2))
        {
            if (holds()) return true;
            Thread.Sleep(50);
        }
        return false;
    }

    static void Ends(int code, Process process)
    {
        var (found, output) = TaskProcess.Finish(process);
        Assert.True(code == found, $"it ended with {found}, not {code}:\n{output}");
    }
}

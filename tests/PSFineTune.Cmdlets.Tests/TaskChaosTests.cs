using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Nights on which everything goes wrong: whatever happens to a task, what is published is whole, and is what was promoted.</summary>
public sealed class TaskChaosTests : IDisposable
{
    const int Seed = 11;

    const string Reader = """
        param([string] $Store, [string] $Stop)
        $ErrorActionPreference = 'Stop'
        Import-Module PSFineTune
        while (-not (Test-Path $Stop)) {
            'a fine room', 'a rude answer' | Invoke-Prediction -Model "store:$Store/notes" | ForEach-Object { [Console]::Out.WriteLine("read $($_.ModelVersion) $($_.Label)") }
            Start-Sleep -Milliseconds 100
        }
        """;

    // One process that lives through all of it.
    const string Follower = """
        param([string] $Store, [string] $Stop)
        $ErrorActionPreference = 'Stop'
        Import-Module PSFineTune
        & { while (-not (Test-Path $Stop)) { 'a fine room'; Start-Sleep -Milliseconds 50 } } |
            Invoke-Prediction -Model "store:$Store/notes" | ForEach-Object { [Console]::Out.WriteLine("read $($_.ModelVersion) $($_.Label)") }
        """;

    static readonly int[] s_documented = [0, 10, 20, 21, 30, 40, 50, 60, 130];

    // As many for a figure as there is time for: PSFINETUNE_CHAOS.
    static readonly int s_nights = int.TryParse(Environment.GetEnvironmentVariable("PSFINETUNE_CHAOS"), CultureInfo.InvariantCulture, out var asked) ? asked : 20;

    readonly TaskProcess _task = new();
    readonly Random _chance = new(Seed);

    public void Dispose() => _task.Dispose();

    [Fact]
    public async Task The_published_model_is_always_whole_and_always_one_that_was_promoted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals");
        File.WriteAllText(_task["reader.ps1"], Reader);
        File.WriteAllText(_task["follower.ps1"], Follower);
        var watch = Stopwatch.StartNew();
        var (code, said) = TaskProcess.Finish(_task.Start(force: true));
        Assert.True(code == 0, said);
        var usual = watch.Elapsed;
        var readers = new[] { "reader.ps1", "follower.ps1" }.Select(script => _task.Command("host", $"& '{_task[script]}' '{_task.Store}' '{_task["stop"]}'")).Select(process => (process, task: Task.Run(() => TaskProcess.Finish(process)))).ToList();

        Dictionary<string, int> ends = [];
        for (var night = 1; night <= s_nights; night++)
        {
            _task.Grow(night, 60);
            var (kind, end) = Night(night, usual);
            ends[$"{kind} {end}"] = ends.GetValueOrDefault($"{kind} {end}") + 1;
            Assert.Single(Current());
        }
        // A night on which nothing happens still goes well.
        _task.Grow(s_nights + 1, 60);
        Assert.Equal(0, TaskProcess.Finish(_task.Start(force: true)).Code);

        File.WriteAllText(_task["stop"], "");
        var promoted = History();
        foreach (var (_, task) in readers)
        {
            var (end, output) = await task;
            Assert.True(end == 0, output);
            var read = output.Split('\n').Where(line => line.StartsWith("read ", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(read);
            Assert.All(read, line => Assert.Contains(int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture), promoted.Keys));
            ends["predictions"] = ends.GetValueOrDefault("predictions") + read.Count;
        }
        Assert.Contains(Current().Single(), promoted.Values);
        var (whole, words) = TaskProcess.Finish(_task.Command("host", $"Import-Module PSFineTune; exit [int](-not (Test-FineTuneLedger '{_task["ws/ledger.jsonl"]}' -Quiet))"));
        Assert.True(whole == 0, words);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", ends.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}")) + $", versions {promoted.Count}");
    }

    // One execution and what happens to it.
    (string Kind, int End) Night(int night, TimeSpan usual)
    {
        var moment = usual * _chance.NextDouble();
        switch (night % 5)
        {
            case 0 or 1:
                return ("killed", Struck(_task.Start(force: true), "-KILL", moment, s_documented.Append(137)));
            case 2:
                return ("asked to end", Struck(_task.Start(force: true), "-TERM", moment, s_documented.Append(143)));
            case 3:
                var gone = _task.Start(force: true);
                Thread.Sleep(moment);
                File.Move(_task["notes.csv"], _task["elsewhere.csv"]);
                var end = Documented(gone, s_documented);
                File.Move(_task["elsewhere.csv"], _task["notes.csv"]);
                return ("without its data", end);
            default:
                var (one, other) = (_task.Start(force: true), _task.Start(force: true));
                var second = Task.Run(() => Documented(other, s_documented));
                return ("two at once", Documented(one, s_documented) * 1000 + second.GetAwaiter().GetResult());
        }
    }

    static int Struck(Process process, string signal, TimeSpan moment, IEnumerable<int> documented)
    {
        if (!process.WaitForExit(moment))
            using (var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
        return Documented(process, documented);
    }

    static int Documented(Process process, IEnumerable<int> documented)
    {
        var (code, output) = TaskProcess.Finish(process);
        Assert.True(documented.Contains(code), $"it ended with {code}:\n{output}");
        return code;
    }

    // Hash of what is published, by the pointer itself.
    IEnumerable<string> Current()
    {
        using var pointer = JsonDocument.Parse(File.ReadAllText(Path.Combine(_task.Store, "models", "notes", "current.json")));
        var hash = pointer.RootElement.GetProperty("current").GetProperty("hash").GetString()!;
        var package = Path.Combine(_task.Store, "packages", $"{hash}.psft");
        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(package))).Equals(hash, StringComparison.OrdinalIgnoreCase) ? [hash] : [];
    }

    // Versions that were published, and the hash of each.
    Dictionary<int, string> History()
    {
        Dictionary<int, string> versions = [];
        foreach (var line in File.ReadLines(Path.Combine(_task.Store, "models", "notes", "history.jsonl")).Where(line => line.Length > 0))
        {
            using var entry = JsonDocument.Parse(line);
            Assert.Equal("Promote", entry.RootElement.GetProperty("verdict").GetString());
            versions[entry.RootElement.GetProperty("version").GetInt32()] = entry.RootElement.GetProperty("hash").GetString()!;
        }
        return versions;
    }
}

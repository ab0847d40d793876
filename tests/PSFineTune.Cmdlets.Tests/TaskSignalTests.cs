using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A scheduler that asks a task to end, whatever it is at: the task says how it ended, and the model is published or it is not.</summary>
public sealed class TaskSignalTests : IDisposable
{
    const int Seed = 5;

    readonly TaskProcess _task = new();
    readonly Random _chance = new(Seed);

    public void Dispose() => _task.Dispose();

    [Fact]
    public void In_every_stage_it_ends_with_130_or_as_it_would_have()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM");
        Assert.Equal(0, TaskProcess.Finish(_task.Start(force: true)).Code);
        var (champion, round, ends) = (Champion.Of(_task.Store), 0, new List<string>());
        foreach (var stage in new[] { "Lock", "Audit", "Plan", "Train", "Measure", "Compare", "Publish", "Ledger" })
        {
            _task.Grow(++round, 60);
            // At once, and at any moment of it.
            var later = _chance.Next(0, 2) * _chance.Next(0, 150);
            var (code, said) = TaskProcess.At(stage, _task.Start(force: true, verbose: true), process =>
            {
                Thread.Sleep(later);
                using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                kill.WaitForExit();
            });
            ends.Add($"{stage}+{later} ms: {code}");
            Assert.True(code is 0 or 130, $"{stage}, {later} ms: it ended with {code}:\n{said}");
            var last = File.ReadLines(_task["ws/ledger.jsonl"]).Last();
            Assert.Contains($"\"exitCode\":{code}", last, StringComparison.Ordinal);
            Assert.Contains("\"event\":\"Task\"", last, StringComparison.Ordinal);
            if (code == 130) champion.IsUntouched();
            else champion = Champion.Of(_task.Store);
        }
        champion.Serves(_task);
        Assert.Contains(ends, end => end.EndsWith(": 130", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", ends));
    }
}

using System.Diagnostics;
using PSFineTune.Ledger;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Processes that write one ledger at once, and one that is killed while it does.</summary>
public sealed class LedgerProcessTests : IDisposable
{
    const string Variable = "PSFINETUNE_TEST_LEDGER", CountVariable = "PSFINETUNE_TEST_COUNT";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    LedgerFile Ledger => new(_folder[LedgerFile.FileName]);

    [Fact]
    public void Eight_processes_at_once_leave_a_whole_chain()
    {
        var writers = Enumerable.Range(0, 8).Select(_ => Writer(count: 25)).ToList();
        foreach (var writer in writers)
        {
            Assert.True(writer.WaitForExit(TimeSpan.FromMinutes(2)));
            Assert.Equal(0, writer.ExitCode);
            writer.Dispose();
        }
        var check = Ledger.Check();
        Assert.Empty(check.Problems);
        Assert.Equal(200, check.Entries);
        Assert.Equal(8, Ledger.Read().Select(entry => entry.Task).Distinct().Count());
    }

    [Fact]
    public void A_process_killed_while_it_appends_loses_nothing_that_was_written()
    {
        var moment = new Random(5);
        var before = 0L;
        for (var kill = 0; kill < 5; kill++)
        {
            using var writer = Writer(count: int.MaxValue);
            while (Ledger.Count() < before + 3) Assert.False(writer.WaitForExit(1));
            Thread.Sleep(moment.Next(0, 40));
            writer.Kill();
            writer.WaitForExit();
            var check = Ledger.Check();
            Assert.True(check.IsWhole, string.Join('\n', check.Problems));
            before = Ledger.Append(new() { Event = "Run" }).Sequence;
            Assert.Empty(Ledger.Check().Problems);
        }
    }

    /// <summary>What the processes of the other tests run.</summary>
    [Fact(Explicit = true)]
    public void Writes()
    {
        var ledger = new LedgerFile(Environment.GetEnvironmentVariable(Variable)!);
        var count = int.Parse(Environment.GetEnvironmentVariable(CountVariable)!);
        for (var i = 0; i < count; i++) ledger.Append(new() { Event = "Run", Task = Environment.ProcessId.ToString(), Reason = new('x', 2000) });
    }

    Process Writer(int count)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LedgerProcessTests).Assembly.Location, "-method", $"{typeof(LedgerProcessTests).FullName}.{nameof(Writes)}", "-explicit", "only"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment[Variable], start.Environment[CountVariable]) = (_folder[LedgerFile.FileName], count.ToString());
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

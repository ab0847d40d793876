using PSFineTune.Ledger;
using PSFineTune.Store;
using PSFineTune.Tasks;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What happens around a task while it runs: the clock is set, somebody stops it, shares go away.</summary>
[Collection("Training")]
public sealed class TaskSurroundingsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Settings(int rows = 60)
    {
        string[] words = ["fine", "rude", "kind", "slow", "warm", "cold"];
        File.WriteAllLines(_folder["notes.csv"], Enumerable.Range(0, rows).Select(row => $"{words[row % 6]} {words[(row + 2 * (row / 6)) % 6]} room {row},{(row % 2 == 0 ? "good" : "bad")}").Prepend("text,label"));
        File.WriteAllText(_folder["notes.json"], """
            { "name": "notes", "workspace": "ws", "data": { "path": "notes.csv", "textColumn": "text", "labelColumn": "label", "testFraction": 0.3 },
              "plan": { "model": "LinearSvm" }, "publish": { "store": "store" }, "report": { "skip": true }, "notify": { "skip": true } }
            """);
        return _folder["notes.json"];
    }

    ModelStore Store => new(_folder["store"]);

    LedgerFile Ledger => new(_folder["ws/ledger.jsonl"]);

    static TaskOutcome Run(string settings, TimeProvider? clock = null, CancellationToken cancel = default, Action<TaskEvent>? see = null)
    {
        foreach (var happened in TaskRun.At(settings, new(settings, null, clock ?? TimeProvider.System, "a test"), cancel))
            if (happened is TaskDone { Outcome: var outcome }) return outcome;
            else see?.Invoke(happened);
        throw new InvalidOperationException("A task ends with what came of it.");
    }

    [Fact]
    public void A_clock_that_is_set_back_and_forth_changes_neither_the_outcome_nor_what_it_took()
    {
        var first = Run(Settings(), new JumpingClock(-1));
        Assert.True(first.Result == TaskResult.Published, first.Reason);
        Assert.True(first.Finished < first.Started);
        Assert.InRange(first.Seconds, 0, 600);
        Assert.All(first.Stages, stage => Assert.InRange(stage.Seconds, 0, 600));
        Assert.Equal(TaskResult.Published, Run(Settings(70), new JumpingClock(1)).Result);
        Assert.Equal(TaskResult.Published, Run(Settings(80)).Result);

        Assert.True(Ledger.Check().IsWhole);
        Assert.All(Ledger.Read(), entry => Assert.InRange(entry.Duration ?? 0, 0, 600));
        Assert.Equal([3, 2, 1], Store.History("notes").Select(one => one.Version));
        Assert.Equal(2, Store.Undo("notes", "", null).Version);
    }

    [Fact]
    public void Whoever_stops_it_once_the_model_is_published_stops_what_has_published()
    {
        using var stop = new CancellationTokenSource();
        var outcome = Run(Settings(), cancel: stop.Token, see: happened =>
        {
            if (happened is StageSaid { Message: "notes, version 1" }) stop.Cancel();
        });
        Assert.True(stop.IsCancellationRequested);
        Assert.Equal((TaskResult.Published, 1), (outcome.Result, outcome.Version));
        Assert.Equal(0, Ledger.Read().First().ExitCode);
        Assert.Equal(1, Store.Current("notes").Version);
    }

    [Theory]
    [InlineData("Train"), InlineData("Compare"), InlineData("Publish")]
    public void A_store_that_is_taken_away_is_not_begun_anew(string stage)
    {
        var champion = Run(Settings()).Package;
        var gone = Run(Settings(70), see: happened =>
        {
            if (happened is StageBegan began && began.Stage == stage) Directory.Move(_folder["store"], _folder["elsewhere"]);
        });
        Assert.Equal((TaskResult.Environment, "StoreGone"), (gone.Result, gone.ErrorId));
        Assert.False(Directory.Exists(_folder["store"]));
        Directory.Move(_folder["elsewhere"], _folder["store"]);
        Assert.Equal((1, champion), (Store.Current("notes").Version, Store.Current("notes").Path));
        // What was trained is not lost.
        var again = Run(Settings(70));
        Assert.Equal((TaskResult.Published, gone.RunId), (again.Result, again.RunId));
    }

    [Fact]
    public void A_workspace_that_is_taken_away_publishes_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a file that is open cannot be taken away");
        Run(Settings());
        var gone = Run(Settings(70), see: happened =>
        {
            if (happened is StageBegan { Stage: "Publish" }) Directory.Move(_folder["ws"], _folder["elsewhere"]);
        });
        Assert.Equal((TaskResult.Environment, "WorkspaceGone"), (gone.Result, gone.ErrorId));
        Assert.Equal(1, Store.Current("notes").Version);
    }

    /// <summary>Jumps by days each time it is read.</summary>
    sealed class JumpingClock(int days) : TimeProvider
    {
        DateTimeOffset _now = new(2031, 3, 1, 2, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now = _now.AddDays(days);
    }
}

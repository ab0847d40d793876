using PSFineTune.Comparison;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Ledger;
using PSFineTune.Store;
using PSFineTune.Tasks;

using Xunit;

namespace PSFineTune.Tests;

[Collection("Training")]
public sealed class TaskRunTests : IDisposable
{
    readonly TempFolder _folder = new();

    public TaskRunTests() => Draw(_folder["data"], 40);

    public void Dispose() => _folder.Dispose();

    string Settings(string more = "", string plan = "")
    {
        File.WriteAllText(_folder["a.task.json"], $$"""
            { "name": "colours", "workspace": "ws", "data": { "path": "data", "testFraction": 0.4 }, "notify": { "skip": true },
              "plan": { "model": "ResNet20", "recipe": "Tutorial", "imageSize": 16, "epochs": 2, "threads": 1, "batchSize": 8 {{plan}} } {{more}} }
            """);
        return _folder["a.task.json"];
    }

    TaskOutcome Run(string settings, CancellationToken cancel = default, string? force = null, Action<TaskEvent>? see = null)
    {
        foreach (var happened in TaskRun.At(settings, new(settings, null, TimeProvider.System, force), cancel))
            if (happened is TaskDone { Outcome: var outcome }) return outcome;
            else see?.Invoke(happened);
        throw new InvalidOperationException("A task ends with what came of it.");
    }

    // Pictures of two classes that a few steps tell apart, each of them another.
    static void Draw(string folder, int each, int blue = 0)
    {
        for (var label = 0; label < 2; label++)
            for (var i = 0; i < each; i++)
            {
                using var picture = new Picture(20, 20);
                var stream = RandomStream.For(label, i, "task test");
                for (var at = 0; at < picture.Pixels.Length; at++)
                    picture.Pixels[at] = (byte)Math.Clamp((at % 3 == label ? 170 : at % 3 == 2 ? blue : 60) + 70 * (stream.NextDouble() - 0.5), 0, 255);
                var path = Path.Combine(folder, label == 0 ? "red" : "green", $"{i:000}.png");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, ImageWriter.Encode(picture, ImageFormat.Png));
            }
    }

    ModelStore Store => new(_folder["ws/store"]);

    [Fact]
    public void The_first_model_is_published_the_same_again_is_held_and_all_of_it_is_in_the_ledger()
    {
        var first = Run(Settings());
        Assert.True(first.Result == TaskResult.Published, first.Reason);
        Assert.Equal((0, 1), (first.ExitCode, first.Version));
        Assert.Equal(first.WeightsHash, Packaging.PackageFile.Open(first.Package!).Package.WeightsHash);
        Assert.True(File.Exists(first.Report));
        Assert.All(first.Stages.Where(stage => stage.Stage is not ("Drift" or "Notify")), stage => Assert.Equal(StageResult.Done, stage.Result));

        var again = Run(Settings());
        Assert.Equal((TaskResult.Held, 10, first.RunId), (again.Result, again.ExitCode, again.RunId));
        Assert.Equal(1, Store.Current("colours").Version);

        var entries = new LedgerFile(_folder["ws/ledger.jsonl"]).Read(newestFirst: false).ToList();
        Assert.Equal(["Run", "Task", "Task"], entries.Select(entry => entry.Event));
        Assert.Equal([0, 0, 10], entries.Select(entry => entry.ExitCode));
        Assert.Equal((first.WeightsHash, Store.Current("colours").Hash, first.DataFingerprint), (entries[1].WeightsHash, entries[1].PackageHash, entries[1].DataFingerprint));
        Assert.True(new LedgerFile(_folder["ws/ledger.jsonl"]).Check().IsWhole);
    }

    [Fact]
    public void Data_that_grew_are_trained_on_by_the_same_plan_also_where_a_run_was_stopped()
    {
        var first = Run(Settings());
        Draw(_folder["data"], 44);
        var stopped = Run(Settings(""", "train": { "timeBudget": "00:00:00.0000001" } """));
        Assert.Equal((TaskResult.Held, true), (stopped.Result, stopped.Reason.Contains("time budget", StringComparison.Ordinal)));
        Assert.NotEqual(first.RunId, stopped.RunId);
        Draw(_folder["data"], 48);
        var grown = Run(Settings());
        Assert.True(grown.Accuracy is not null, grown.Reason);
        Assert.Equal(3, new[] { first.RunId, stopped.RunId, grown.RunId }.Distinct().Count());
        Assert.Equal(grown.RunId, Run(Settings()).RunId);
    }

    [Fact]
    public void Force_publishes_what_would_be_held_and_says_why()
    {
        Run(Settings());
        var forced = Run(Settings(plan: ", \"seed\": 2"), force: "the hold-out was wrong");
        Assert.Equal((TaskResult.Published, 2), (forced.Result, forced.Version));
        Assert.Equal("the hold-out was wrong", Store.Current("colours").Reason);
        Assert.Equal("the hold-out was wrong", new LedgerFile(_folder["ws/ledger.jsonl"]).Read().First().Details["ForceReason"]);
    }

    [Fact]
    public void A_threshold_that_is_missed_holds_the_model()
    {
        var held = Run(Settings(""", "measure": { "maximumLogLoss": 0.0000001 } """));
        Assert.Equal((TaskResult.Held, "Measure"), (held.Result, held.Stages.Single(stage => stage.Result == StageResult.Ended).Stage));
        Assert.Contains("log loss", held.Reason, StringComparison.Ordinal);
        Assert.NotNull(held.Report);
        Assert.Empty(Store.Names());
    }

    [Fact]
    public void Data_that_an_audit_rejects_are_not_trained_on_and_few_of_them_can_be_left_out()
    {
        File.WriteAllText(_folder["data/red/broken.png"], "no picture");
        var skip = """ "data": { "path": "data", "testFraction": 0.4, "onBadSample": "Skip" } """;
        Assert.Equal((TaskResult.DataRejected, 20), (Run(Settings()).Result, Run(Settings()).ExitCode));
        var rejected = Run(WithData(skip));
        Assert.Equal(TaskResult.DataRejected, rejected.Result);
        Assert.True(rejected.Findings > 0);
        Assert.Null(rejected.RunId);
        // The same picture under two labels.
        File.Copy(Directory.GetFiles(_folder["data/red"], "0*.png")[0], _folder["data/green/copy.png"]);
        File.Delete(_folder["data/red/broken.png"]);
        Assert.Equal(TaskResult.DataRejected, Run(WithData(skip)).Result);
        Assert.Equal(TaskResult.DataRejected, Run(WithData(skip + """, "audit": { "onFinding": "Exclude", "maximumExcluded": 0.001 } """)).Result);
        var without = Run(WithData(skip + """, "audit": { "onFinding": "Exclude", "maximumExcluded": 0.1 } """));
        Assert.True(without.Result == TaskResult.Published, without.Reason);
        Assert.InRange(without.Excluded, 1, 2);
    }

    string WithData(string data)
    {
        var path = Settings();
        File.WriteAllText(path, File.ReadAllText(path).Replace(""" "data": { "path": "data", "testFraction": 0.4 }""", data, StringComparison.Ordinal));
        return path;
    }

    [Fact]
    public void New_samples_that_look_otherwise_end_it_before_anything_is_trained()
    {
        Draw(_folder["new"], 60, blue: 255);
        var drift = """, "drift": { "path": "new", "minimumCount": 10 } """;
        var drifted = Run(Settings(drift));
        Assert.True(drifted is { Result: TaskResult.Drifted, ExitCode: 21, RunId: null, DriftVerdict: "Drifted" }, drifted.Reason);
        Assert.Equal(TaskResult.Published, Run(Settings(drift.Replace("10 }", "10, \"onDrift\": \"Warn\" }", StringComparison.Ordinal))).Result);
        var missing = Run(Settings(""", "drift": { "path": "nowhere" } """));
        Assert.Equal((TaskResult.Environment, "NoNewSamples"), (missing.Result, missing.ErrorId));
    }

    [Fact]
    public void It_runs_once_at_a_time()
    {
        using (Locking.FineTuneLock.Acquire(_folder["ws/tasks/colours/task.lock"], "a test", Locking.LockPolicy.Fail, default, default))
        {
            foreach (var policy in new[] { "Fail", "Skip", "Wait" })
            {
                var locked = Run(Settings($$""", "lock": { "ifLocked": "{{policy}}", "wait": "00:00:00.1" } """));
                Assert.Equal((TaskResult.Locked, 30), (locked.Result, locked.ExitCode));
            }
        }
        Assert.Equal(TaskResult.Published, Run(Settings()).Result);
    }

    [Fact]
    public void What_was_stopped_says_so_goes_on_the_next_time_and_leaves_the_published_model()
    {
        Run(Settings());
        using var stop = new CancellationTokenSource();
        var stopped = Run(Settings(plan: ", \"seed\": 3"), stop.Token, see: happened =>
        {
            if (happened is Trained { Happened: Training.EpochDone }) stop.Cancel();
        });
        Assert.Equal((TaskResult.Stopped, 130), (stopped.Result, stopped.ExitCode));
        Assert.Equal(130, new LedgerFile(_folder["ws/ledger.jsonl"]).Read().First().ExitCode);
        Assert.Equal(1, Store.Current("colours").Version);
        Assert.NotEqual(TaskResult.Unexpected, Run(Settings(plan: ", \"seed\": 3")).Result);
        Assert.Equal(2, Directory.GetDirectories(_folder["ws/runs"]).Length);
    }

    [Fact]
    public void Data_that_changed_make_another_run_also_where_the_last_one_was_stopped()
    {
        var first = Run(Settings());
        Draw(_folder["data"], 44);
        var second = Run(Settings());
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.NotEqual(first.WeightsHash, second.WeightsHash);
        Draw(_folder["data"], 48);
        Assert.Equal(TaskResult.Held, Run(Settings(""", "train": { "timeBudget": "00:00:00.001" } """)).Result);
        Draw(_folder["data"], 52);
        var fourth = Run(Settings());
        Assert.True(fourth.Result is TaskResult.Published or TaskResult.Held, fourth.Reason);
        Assert.Contains(fourth.Warnings, warning => warning.Contains("was stopped on other data", StringComparison.Ordinal));
        Assert.Equal("NoFinishedRun", Changed(() => Run(Settings(""", "train": { "skip": true } """))).ErrorId);
    }

    TaskOutcome Changed(Func<TaskOutcome> run)
    {
        Draw(_folder["data"], 56);
        return run();
    }

    [Fact]
    public void What_was_taken_back_is_not_published_again_but_by_force()
    {
        Run(Settings());
        var second = Run(Settings(plan: ", \"seed\": 2"), force: "better");
        Assert.Equal(2, second.Version);
        Store.Undo("colours", "customers complained", null);
        var again = Run(Settings(""", "compare": { "skip": true } """, plan: ", \"seed\": 2"));
        Assert.Equal((TaskResult.Held, 1), (again.Result, again.Version));
        Assert.Contains("taken back (customers complained)", again.Reason, StringComparison.Ordinal);
        Assert.Equal(TaskResult.Published, Run(Settings(plan: ", \"seed\": 2"), force: "they were wrong").Result);
    }

    [Fact]
    public void Force_goes_over_thresholds_and_says_so()
    {
        var forced = Run(Settings(""", "measure": { "maximumLogLoss": 0.0000001 } """), force: "for a demonstration");
        Assert.Equal(TaskResult.Published, forced.Result);
        Assert.Contains(forced.Warnings, warning => warning.Contains("log loss", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_lock_the_ledger_is_looked_at_too_and_nothing_new_is_no_drift()
    {
        Directory.CreateDirectory(_folder["new"]);
        Assert.Equal(TaskResult.Published, Run(Settings(""", "drift": { "path": "new" } """)).Result);
        File.AppendAllText(_folder["ws/ledger.jsonl"], "{}\n");
        Assert.Equal("LedgerNotWhole", Run(Settings(""", "lock": { "skip": true } """)).ErrorId);
    }

    [Fact]
    public void The_ledger_has_the_settings_that_were_used()
    {
        var settings = Settings();
        var hash = Provenance.HashOf(settings);
        Run(settings, see: happened =>
        {
            if (happened is StageBegan { Stage: "Train" }) File.AppendAllText(settings, "\n");
        });
        Assert.Equal(hash, new LedgerFile(_folder["ws/ledger.jsonl"]).Read().First().Details["SettingsHash"]);
    }

    [Fact]
    public void A_model_that_somebody_publishes_meanwhile_is_not_replaced()
    {
        Run(Settings());
        var other = Run(Settings(plan: ", \"seed\": 5"), force: "other", see: happened =>
        {
            if (happened is StageBegan { Stage: "Publish" }) Store.Publish("colours", Candidate(), new() { Reason = "by hand" });
        });
        Assert.Equal((TaskResult.Held, "PublishedMeanwhile"), (other.Result, other.ErrorId));
        Assert.Equal("by hand", Store.Current("colours").Reason);
    }

    // What was published first, signed by nobody but other bytes: with a time after which it is not valid.
    string Candidate()
    {
        var path = _folder["other.psft"];
        Packaging.TrainedModel.From(Store.Current("colours").Path, _folder["ws"]).Until(new(2100, 1, 1, 0, 0, 0, default)).Export(path, null);
        return path;
    }

    [Fact]
    public void A_run_whose_time_is_over_is_held_and_goes_on()
    {
        var settings = Settings(""", "train": { "timeBudget": "00:00:00.001" } """);
        var held = Run(settings);
        Assert.Equal(TaskResult.Held, held.Result);
        Assert.Contains("goes on", held.Reason, StringComparison.Ordinal);
        Assert.Equal((TaskResult.Published, held.RunId), (Run(Settings()).Result, Run(Settings()).RunId));
    }

    [Fact]
    public void A_ledger_or_a_champion_that_was_changed_ends_it_with_60()
    {
        Run(Settings());
        var ledger = _folder["ws/ledger.jsonl"];
        var whole = File.ReadAllText(ledger);
        File.WriteAllText(ledger, whole.Replace("\"exitCode\":0", "\"exitCode\":1", StringComparison.Ordinal));
        var broken = Run(Settings(plan: ", \"seed\": 4"));
        Assert.Equal((TaskResult.Integrity, 60, "LedgerNotWhole"), (broken.Result, broken.ExitCode, broken.ErrorId));
        Assert.Null(broken.RunId);
        File.WriteAllText(ledger, whole);

        var package = Store.Current("colours").Path;
        var bytes = File.ReadAllBytes(package);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(package, bytes);
        var damaged = Run(Settings(plan: ", \"seed\": 4"));
        Assert.Equal((TaskResult.Integrity, 60), (damaged.Result, damaged.ExitCode));
    }

    [Fact]
    public void Settings_that_are_wrong_and_files_that_are_gone_end_it_with_50()
    {
        Assert.Equal((TaskResult.Environment, "BadTask"), (Run(Settings(""", "nam": 1 """)).Result, Run(Settings(""", "nam": 1 """)).ErrorId));
        Assert.Equal(TaskResult.Environment, Run(_folder["none.json"]).Result);
        Directory.Delete(_folder["data"], recursive: true);
        var gone = Run(Settings());
        Assert.True(gone is { Result: TaskResult.Environment, ErrorId: "DatasetNotFound" }, gone.Reason);
    }

    [Fact]
    public void Without_training_the_newest_finished_run_of_the_plan_is_judged()
    {
        var none = Run(Settings(""", "train": { "skip": true } """));
        Assert.Equal((TaskResult.Environment, "NoFinishedRun"), (none.Result, none.ErrorId));
        var first = Run(Settings(""", "publish": { "skip": true } """));
        Assert.Equal(TaskResult.Held, first.Result);
        Assert.Equal((TaskResult.Published, first.RunId), (Run(Settings(""", "train": { "skip": true } """)) is var judged ? judged.Result : default, judged.RunId));
    }

    [Theory]
    [InlineData(TaskResult.Stopped), InlineData(TaskResult.OutOfResources), InlineData(TaskResult.Integrity), InlineData(TaskResult.Locked)]
    [InlineData(TaskResult.DataRejected), InlineData(TaskResult.Environment), InlineData(TaskResult.Unexpected)]
    public void What_is_thrown_has_its_exit_code(TaskResult result)
    {
        Exception[] thrown = result switch
        {
            TaskResult.Stopped => [new OperationCanceledException()],
            TaskResult.OutOfResources => [new OutOfMemoryException(), Fault.CannotWrite("x", new IOException("No space left on device", 28)), Fault.DiskFull("x", 2, 1), Fault.OutOfMemory(1, 1, 1, new OutOfMemoryException())],
            TaskResult.Integrity => [Fault.PartDamaged("x", "y", "changed"), Fault.UnsafePartName("x", "y"), Fault.NotWhole("x", "y")],
            TaskResult.Locked => [Fault.TrainingBusy()],
            TaskResult.DataRejected => [Fault.OneClass("x", "image", "y")],
            TaskResult.Environment => [Fault.CannotRead("x", new IOException("gone")), Fault.NoWorkspace(), new UnauthorizedAccessException()],
            _ => [new InvalidOperationException()],
        };
        Assert.All(thrown, one => Assert.Equal(result, TaskExit.Of(one)));
    }
}

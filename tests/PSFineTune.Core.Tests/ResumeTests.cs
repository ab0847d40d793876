using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Training;
using PSFineTune.Training.Averages;
using PSFineTune.Training.Samplers;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A run that was stopped goes on as if nothing had been; one that cannot says why.</summary>
[Collection("Training")]
public sealed class ResumeTests : IDisposable
{
    // With dropout and batch norm.
    static readonly MobileNetV2 s_network = new() { Width = 0.25 };

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public ResumeTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 8);
        _data = Import();
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Optimizers => [.. Catalog<OptimizerSpec>.Names];

    [Theory, MemberData(nameof(Optimizers))]
    public void A_run_stopped_anywhere_ends_with_the_same_weights(string optimizer)
    {
        var plan = Plan() with { Optimizer = Catalog<OptimizerSpec>.Create(optimizer) };
        var whole = Run(plan, "whole");
        var steps = Checkpoint.Losses(Checkpoint.Newest(new(whole.Path)));
        for (var stop = 1; stop < steps.Length; stop += 4)
        {
            var workspace = $"stopped{stop}";
            StopAfter(plan, workspace, stop);
            var resumed = Run(plan, workspace, new() { Resume = true });
            Assert.Equal(whole.WeightsHash, resumed.WeightsHash);
            Assert.Equal(steps, Checkpoint.Losses(Checkpoint.Newest(new(resumed.Path))));
            Assert.Equal(whole.Epochs.Select(epoch => (epoch.TrainLoss, epoch.ValidationLoss, epoch.Accuracy, epoch.LearningRate)), resumed.Epochs.Select(epoch => (epoch.TrainLoss, epoch.ValidationLoss, epoch.Accuracy, epoch.LearningRate)));
            Assert.Equal((1, 0, RunEnd.AllEpochs), (resumed.Resumes, resumed.ExitCode!.Value, resumed.End!.Value));
            Assert.Single(RunFolder.All(_folder[workspace]));
            Assert.Equal(3, File.ReadAllLines(Path.Combine(resumed.Path, "log.jsonl")).Length);
        }
    }

    [Fact]
    public void A_finished_run_is_returned_and_another_plan_starts_its_own()
    {
        var first = Run(Plan(), "workspace");
        Assert.Equal(first.Id, Run(Plan(), "workspace", new() { Resume = true }).Id);
        Assert.NotEqual(first.Id, Run(Plan() with { Seed = 7 }, "workspace", new() { Resume = true }).Id);
        Assert.NotEqual(first.Id, Run(Plan(), "workspace").Id);
    }

    [Fact]
    public void Data_that_changed_are_no_reason_to_go_on()
    {
        StopAfter(Plan(), "workspace", 3);
        Pictures.Write(_folder["data/class0/new.png"], seed: 99);
        var changed = Import();
        var plan = Plan() with { Dataset = changed.Reference };
        Assert.Equal("DatasetChangedSinceCheckpoint", Assert.Throws<FineTuneException>(() => Run(plan, "workspace", new() { Resume = true }, changed)).Id);
        Assert.Equal(2, Run(plan, "workspace", data: changed).Plan.Epochs - 1);
    }

    [Theory]
    [InlineData("model.safetensors"), InlineData("state.safetensors"), InlineData("record.json"), InlineData("position.json"), InlineData("manifest.json")]
    public void A_damaged_checkpoint_is_passed_over_and_said(string part)
    {
        var whole = Run(Plan(), "whole");
        StopAfter(Plan(), "workspace", 5, new() { CheckpointSteps = 1 });
        var folder = RunFolder.All(_folder["workspace"]).Single();
        Flip(Path.Combine(folder.Checkpoints().First(), part));
        var resumed = Run(Plan(), "workspace", new() { Resume = true });
        Assert.Equal(whole.WeightsHash, resumed.WeightsHash);
        Assert.Contains("passed over", Assert.Single(resumed.Notes));
    }

    [Fact]
    public void Where_every_checkpoint_is_damaged_it_is_an_error_and_nothing_is_lost()
    {
        StopAfter(Plan(), "workspace", 5);
        var folder = RunFolder.All(_folder["workspace"]).Single();
        foreach (var checkpoint in folder.Checkpoints()) File.WriteAllBytes(Path.Combine(checkpoint, Checkpoint.WeightsName), []);
        Assert.Equal("PartDamaged", Assert.Throws<FineTuneException>(() => Run(Plan(), "workspace", new() { Resume = true })).Id);
        Assert.NotEmpty(folder.Checkpoints());
    }

    [Fact]
    public void A_newer_checkpoint_and_one_of_another_plan_are_refused()
    {
        StopAfter(Plan(), "workspace", 5);
        var folder = RunFolder.All(_folder["workspace"]).Single();
        var newest = folder.Checkpoints().First();
        var manifest = Path.Combine(newest, "manifest.json");
        var text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, text.Replace("\"schemaVersion\": 1", "\"schemaVersion\": 99"));
        Assert.Equal("NewerSchema", Assert.Throws<FineTuneException>(() => Run(Plan(), "workspace", new() { Resume = true })).Id);

        File.WriteAllText(manifest, text);
        var record = Path.Combine(newest, RunFolder.RecordName);
        File.WriteAllText(record, File.ReadAllText(record).Replace("\"batchSize\": 4", "\"batchSize\": 5"));
        PSFineTune.Packaging.PartManifest.Write(newest, PSFineTune.Packaging.PartManifest.Parse(text, newest).Parts.Select(part => (part.Name, part.Kind)));
        Assert.Equal("CheckpointOfAnotherPlan", Assert.Throws<FineTuneException>(() => Run(Plan(), "workspace", new() { Resume = true })).Id);
    }

    [Fact]
    public void One_training_at_a_time_in_a_process_and_in_a_folder()
    {
        using var first = FineTuning.Run(Plan(), _data, _folder["workspace"], null, default).GetEnumerator();
        Assert.True(first.MoveNext());
        Assert.Equal(("ResourceBusy", FaultKind.Busy), Kind(Assert.Throws<FineTuneException>(() => Run(Plan(), "other"))));
        Assert.Equal("ResourceBusy", Assert.Throws<FineTuneException>(() => RunGate.Own(RunFolder.All(_folder["workspace"]).Single().Path)).Id);

        static (string, FaultKind) Kind(FineTuneException fault) => (fault.Id, fault.Kind);
    }

    [Fact]
    public void Checkpoints_keep_the_newest_two_and_the_best()
    {
        var run = Run(Plan() with { Epochs = 6 }, "workspace", new() { CheckpointSteps = 1 });
        var folder = new RunFolder(run.Path);
        string[] expected = [.. new[] { folder.CheckpointPath(6), folder.Checkpoints().ElementAt(1), folder.CheckpointPath(run.BestEpoch!.Epoch) }.Distinct().OrderDescending()];
        Assert.Equal(expected, folder.Checkpoints());
        Assert.True(run.BestEpoch.Epoch >= 5 || File.Exists(Path.Combine(folder.CheckpointPath(run.BestEpoch.Epoch), Checkpoint.WeightsName)));
    }

    [Fact]
    public void A_time_budget_ends_with_the_best_so_far()
    {
        var run = Run(Plan() with { Epochs = 1000, Keep = ModelChoice.Best }, "workspace", new() { TimeBudget = TimeSpan.FromSeconds(1) });
        Assert.Equal((0, RunEnd.TimeBudget), (run.ExitCode!.Value, run.End!.Value));
        Assert.Equal(Checkpoint.RecordOf(Checkpoint.Of(new(run.Path), run, ModelChoice.Best)).WeightsHash, run.WeightsHash);
    }

    [Fact]
    public void A_run_whose_time_was_over_goes_on_exactly_night_after_night()
    {
        var plan = Plan() with { Keep = ModelChoice.Best };
        var whole = Run(plan, "whole");
        var (nights, run) = (0, default(RunRecord));
        // Each night is over after its first step, in the middle of an epoch or at its end.
        for (; run?.End is null or RunEnd.TimeBudget; nights++)
        {
            run = Run(plan, "workspace", new() { Resume = true, TimeBudget = TimeSpan.FromTicks(1) });
            Assert.Equal((0, nights), (run.ExitCode!.Value, run.Resumes));
            Assert.Equal(Checkpoint.RecordOf(Checkpoint.Of(new(run.Path), run, plan.Keep)).WeightsHash, run.WeightsHash);
        }
        Assert.Equal(Checkpoint.Losses(Checkpoint.Newest(new(whole.Path))), Checkpoint.Losses(Checkpoint.Newest(new(run.Path))));
        Assert.Equal(Checkpoint.Losses(Checkpoint.Newest(new(whole.Path))).Length, nights);
        Assert.Equal((whole.WeightsHash, RunEnd.AllEpochs), (run.WeightsHash, run.End));
        Assert.Equal(whole.Epochs.Select(epoch => (epoch.Epoch, epoch.TrainLoss, epoch.ValidationLoss, epoch.Accuracy)), run.Epochs.Select(epoch => (epoch.Epoch, epoch.TrainLoss, epoch.ValidationLoss, epoch.Accuracy)));
        Assert.Equal(run.Id, Run(plan, "workspace", new() { Resume = true }).Id);
    }

    [Fact]
    public void The_best_epoch_outlives_one_that_the_time_broke_off()
    {
        var run = Run(Plan() with { Epochs = 5 }, "workspace");
        var epochs = Enumerable.Range(1, 6).Select(epoch => new EpochMetric { Epoch = epoch, Accuracy = epoch switch { 2 => 0.8, 6 => 0.9, _ => 0.5 } }).ToList();
        var broken = run with { Epochs = epochs, End = RunEnd.TimeBudget, Accuracy = 0.9, ExitCode = 0 };
        var position = new RunPosition { Step = 40, StepInEpoch = 3 };
        Assert.Equal((5, 2, 0.8, null, null), (position.Reopen(broken).Epochs.Count, position.Reopen(broken).BestEpoch!.Epoch, position.Reopen(broken).Accuracy, position.Reopen(broken).End, position.Reopen(broken).ExitCode));
        // Its end on the last step of an epoch takes nothing away, and every other end stands.
        Assert.Equal((6, 0.9, null), (new RunPosition().EpochsOf(broken), new RunPosition().Reopen(broken).Accuracy, new RunPosition().Reopen(broken).End));
        foreach (var end in new[] { RunEnd.AllEpochs, RunEnd.EarlyStop }) Assert.Equal(end, new RunPosition().Reopen(broken with { End = end }).End);
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void A_run_that_stopped_early_with_its_time_over_stops_there_when_it_goes_on(int patience)
    {
        var plan = Plan() with { Epochs = 30, Patience = patience, Optimizer = new Sgd { LearningRate = 1e-9 } };
        var whole = Run(plan, "whole");
        RunRecord? run = null;
        while (run?.End is null or RunEnd.TimeBudget) run = Run(plan, "workspace", new() { Resume = true, TimeBudget = TimeSpan.FromTicks(1) });
        Assert.Equal((whole.End, whole.Epochs.Count, whole.WeightsHash), (run.End, run.Epochs.Count, run.WeightsHash));
    }

    [Fact]
    public void A_run_that_is_stopped_after_its_last_epoch_has_nothing_left()
    {
        var plan = Plan();
        var whole = Run(plan, "whole");
        foreach (var happened in FineTuning.Run(plan, _data, _folder["workspace"], null, default))
            if (happened is EpochDone { Metric.Epoch: var epoch } && epoch == plan.Epochs) break;
        var estimate = new PlanTrial(Resume: true).Run(plan, _data, _folder["workspace"], null, default).Last().Estimate!;
        Assert.Equal((0, 3), (estimate.Steps, estimate.EpochsDone));
        var resumed = Run(plan, "workspace", new() { Resume = true });
        Assert.Equal((whole.WeightsHash, RunEnd.AllEpochs, 3), (resumed.WeightsHash, resumed.End, resumed.Epochs.Count));
    }

    [Fact]
    public void Early_stopping_ends_a_run_that_no_longer_improves()
    {
        var run = Run(Plan() with { Epochs = 30, Patience = 2, Optimizer = new Sgd { LearningRate = 1e-9 } }, "workspace");
        Assert.Equal(RunEnd.EarlyStop, run.End);
        Assert.Equal(run.BestEpoch!.Epoch + 2, run.Epochs[^1].Epoch);
    }

    TrainingPlan Plan() => PlanStart.For(s_network, _data, "Random", new Tutorial()) with
    {
        BatchSize = 4, Threads = 1, Epochs = 3, Average = new Ema { Decay = 0.9 }, Sampler = new Balanced(),
        Augment = new() { Ops = [new RandomHorizontalFlip(), new MixUp()] },
        Preprocessing = s_network.DefaultPreprocessing with { InputSize = 48 },
    };

    ImageDataset Import() => ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["content"], CancellationToken.None);

    RunRecord Run(TrainingPlan plan, string workspace, RunOptions? options = null, Dataset? data = null) =>
        FineTuning.Run(plan, data ?? _data, _folder[workspace], null, CancellationToken.None, options).OfType<RunDone>().Single().Record;

    void StopAfter(TrainingPlan plan, string workspace, int steps, RunOptions? options = null)
    {
        foreach (var done in FineTuning.Run(plan, _data, _folder[workspace], null, CancellationToken.None, options).OfType<StepDone>())
            if (done.Step == steps) break;
    }

    static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}

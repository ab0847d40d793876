using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A run on the disk is what it was, or the check says what is not; trained again it is the same, or the first other step is named.</summary>
[Collection("Training")]
public sealed class RunCheckTests : IDisposable
{
    static readonly MobileNetV2 s_network = new() { Width = 0.25 };

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public RunCheckTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 6);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_intact_until_something_of_it_changes()
    {
        var run = Run(Plan());
        Assert.Equal((true, 0), Look(run));
        var checkpoint = run.Checkpoints().First();
        Flip(Path.Combine(checkpoint, "state.safetensors"));
        Assert.Equal(["Checkpoint"], Rules(run));
        Flip(Path.Combine(checkpoint, "state.safetensors"));

        run.Record = run.Record with { WeightsHash = new('0', 64) };
        Assert.Equal(["Weights"], Rules(run));
        run.Record = Checkpoint.RecordOf(checkpoint) with { Path = run.Path, ExitCode = 0, Plan = run.Record.Plan with { Seed = 7 } };
        Assert.Equal(["Plan"], Rules(run));

        File.WriteAllText(Path.Combine(run.Path, RunFolder.RecordName), "{");
        Assert.Equal(["Record"], Rules(run));
        Assert.All(RunInspection.Of(run, _folder["workspace"], null, default).Findings, finding => Assert.NotEmpty(finding.Action));
    }

    [Fact]
    public void Weights_that_were_changed_with_their_manifest_are_found_by_their_hash()
    {
        var run = Run(Plan());
        var checkpoint = run.Checkpoints().First();
        var file = Path.Combine(checkpoint, Checkpoint.WeightsName);
        var content = Safetensors.ReadFile(file);
        var changed = content.Tensors.Values.ToList();
        changed[0].Bytes[0] ^= 1;
        Safetensors.WriteFile(file, changed, content.Metadata);
        Sign(checkpoint);
        Assert.Equal(["Weights"], Rules(run));
        Assert.Equal((false, null), Repeat(run) is var again ? (again.Identical, again.FirstDifferentStep) : default);
    }

    [Fact]
    public void Data_that_changed_and_an_unfinished_run_are_said()
    {
        var run = Run(Plan(), stopAfter: 4);
        var check = RunInspection.Of(run, _folder["workspace"], null, default);
        Assert.True(check.Intact);
        Assert.Equal(("Unfinished", FindingSeverity.Information), (Assert.Single(check.Findings).Rule, check.Findings[0].Severity));
        Pictures.Write(_folder["data/class0/new.png"], seed: 99);
        Assert.Equal(["Unfinished", "Data"], Rules(run));
        Directory.Delete(_folder["data"], recursive: true);
        Assert.Equal(["Unfinished", "Data"], Rules(run));
    }

    [Theory]
    [InlineData(0), InlineData(4), InlineData(5)]
    public void A_run_trained_again_is_identical_and_is_left_as_it_was(int stopAfter)
    {
        var run = Run(Plan(), stopAfter);
        var before = Tree();
        var again = Repeat(run);
        Assert.Equal((true, "", null), (again.Identical, again.Reason, again.FirstDifferentStep));
        Assert.Equal(again.WeightsHash, again.ReproducedWeightsHash);
        Assert.Equal(Checkpoint.Losses(Checkpoint.Newest(run)).Length, again.Steps);
        Assert.Equal(before, Tree());
    }

    [Fact]
    public void A_run_that_went_on_one_with_a_time_budget_and_one_that_keeps_its_best_are_identical()
    {
        Run(Plan(), stopAfter: 5);
        Assert.True(Repeat(Run(Plan(), options: new() { Resume = true })).Identical);
        Assert.True(Repeat(Run(Plan() with { Epochs = 1000, Keep = ModelChoice.Best, Seed = 8 }, options: new() { TimeBudget = TimeSpan.FromSeconds(1) })).Identical);
        Assert.True(Repeat(Run(Plan() with { Epochs = 30, Patience = 1, Seed = 9, Optimizer = new PSFineTune.Optimizers.Sgd { LearningRate = 1e-9 } })).Identical);
    }

    [Fact]
    public void A_loss_that_was_changed_is_named_by_its_step()
    {
        var run = Run(Plan());
        var checkpoint = run.Checkpoints().First();
        var file = Path.Combine(checkpoint, "state.safetensors");
        var content = Safetensors.ReadFile(file);
        content.Tensors["losses"].Bytes[5 * sizeof(float)] ^= 1;
        Safetensors.WriteFile(file, content.Tensors.Values, content.Metadata);
        Sign(checkpoint);
        var again = Repeat(run);
        Assert.Equal((false, 6, 6), (again.Identical, again.FirstDifferentStep, again.Steps));
        Assert.StartsWith("Nothing that is known", again.Reason);
        Assert.Empty(again.ReproducedWeightsHash);
    }

    [Fact]
    public void A_seed_and_threads_other_than_the_checkpoint_s_are_the_reason()
    {
        var run = Run(Plan());
        var record = run.Record;
        run.Record = record with { Plan = record.Plan with { Seed = 7 } };
        var seed = Repeat(run);
        Assert.Equal((false, 1), (seed.Identical, seed.FirstDifferentStep));
        Assert.Contains("another plan", seed.Reason);

        // Whether another count of threads changes bits, and where, is the library's affair; that it is the reason, is ours.
        run.Record = record with { Threads = 2 };
        var threads = Repeat(run);
        Assert.True(threads.Identical || threads.Reason.Contains("2 threads"), threads.Reason);

        run.Record = record with { Environment = "another library", Plan = record.Plan with { Epochs = record.Plan.Epochs } };
        Assert.True(Repeat(run).Identical);
    }

    [Fact]
    public void Data_that_changed_are_the_reason()
    {
        var run = Run(Plan());
        foreach (var file in Directory.GetFiles(_folder["data/class0"])) Pictures.Write(file, seed: 900 + file[^5]);
        var again = Repeat(run);
        Assert.Equal((false, 1), (again.Identical, again.FirstDifferentStep));
        Assert.Contains("not those that the run learned from", again.Reason);
        Directory.Move(_folder["data/class2"], _folder["data/class3"]);
        Assert.Equal((0, 1), Repeat(run) is var none ? (none.Steps, none.FirstDifferentStep) : default);
    }

    [Fact]
    public void What_is_stopped_leaves_nothing_behind()
    {
        var run = Run(Plan());
        var before = Tree();
        foreach (var _ in new Reproducer(run).Run(null, default)) break;
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in new Reproducer(run).Run(null, cancel.Token)) cancel.Cancel();
        });
        Assert.Equal(before, Tree());
    }

    TrainingPlan Plan() => PlanStart.For(s_network, _data, "Random", new Tutorial()) with
    {
        BatchSize = 4, Threads = 1, Epochs = 2,
        Augment = new() { Ops = [new RandomHorizontalFlip()] },
        Preprocessing = s_network.DefaultPreprocessing with { InputSize = 48 },
    };

    RunFolder Run(TrainingPlan plan, int stopAfter = 0, RunOptions? options = null)
    {
        foreach (var happened in FineTuning.Run(plan, _data, _folder["workspace"], null, CancellationToken.None, options))
            if (happened is StepDone step && step.Step == stopAfter) break;
        return RunFolder.All(_folder["workspace"]).First();
    }

    Reproduction Repeat(RunFolder run) => new Reproducer(run).Run(null, default).Last().Result!;

    (bool, int) Look(RunFolder run) => RunInspection.Of(run, _folder["workspace"], null, default) is var check ? (check.Intact, check.Findings.Count) : default;

    IEnumerable<string> Rules(RunFolder run) => RunInspection.Of(run, _folder["workspace"], null, default).Findings.Select(finding => finding.Rule);

    string[] Tree() => [.. Directory.GetFiles(_folder["workspace/runs"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file} {PartSource.OfFile(file).Sha256()}")];

    static void Sign(string checkpoint) => PartManifest.Write(checkpoint, PartManifest.Parse(File.ReadAllText(Path.Combine(checkpoint, PartManifest.FileName)), checkpoint).Parts.Select(part => (part.Name, part.Kind)));

    static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}

using PSFineTune.Data;
using PSFineTune.Ledger;
using PSFineTune.Models;
using PSFineTune.Recipes;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Every run that is over stands in the ledger of its workspace, and none is lost for a ledger's sake.</summary>
[Collection("Training")]
public sealed class LedgerRunTests : IDisposable
{
    static readonly MobileNetV2 s_network = new() { Width = 0.25 };

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public LedgerRunTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 6);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, Workspace, CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    string Workspace => _folder["workspace"];

    LedgerFile Ledger => LedgerFile.In(Workspace);

    [Fact]
    public void A_run_that_is_over_is_entered_once_and_one_that_goes_on_again()
    {
        File.WriteAllText(_folder["night.ps1"], "train");
        foreach (var _ in Events(new() { Script = _folder["night.ps1"] }).OfType<StepDone>().Take(2)) { }
        var stopped = Assert.Single(Ledger.Read());
        Assert.Equal(("Run", 130, null), (stopped.Event, stopped.ExitCode, stopped.Reason));
        Assert.Equal(Provenance.HashOf(_folder["night.ps1"]), stopped.ScriptHash);

        var run = Events(new() { Resume = true }).OfType<RunDone>().Single().Record;
        Events(new() { Resume = true }).Last();
        var entry = Ledger.Read().First();
        Assert.Equal(2, entry.Sequence);
        Assert.Equal((run.Id, 0, run.WeightsHash, run.Plan.Seed), (entry.RunId, entry.ExitCode, entry.WeightsHash, entry.Seed));
        Assert.Equal((PlanHash.Of(run.Plan), _data.Fingerprint), (entry.PlanHash, entry.DataFingerprint));
        Assert.Equal(PlanHash.Of(run.Plan), PlanHash.Of(PlanJson.Read<TrainingPlan>(entry.Plan!)));
        Assert.Equal(run.Epochs.Count, entry.Metrics["Epochs"]);
        Assert.Equal(run.Accuracy, entry.Metrics["Accuracy"]);
        Assert.Null(entry.Script);
        Assert.NotEmpty(entry.User);
        Assert.Equal(Environment.MachineName, entry.Host);
        Assert.Equal(64, entry.ModuleHash.Length);
        Assert.Contains(entry.NativeHashes, pair => pair.Key.Contains("torch") && pair.Value.Length == 64);
        Assert.True(Ledger.Check().IsWhole);
    }

    [Fact]
    public void A_run_that_fails_is_entered_and_one_trained_again_is_not()
    {
        var run = Events(new()).OfType<RunDone>().Single().Record;
        new Reproducer(RunFolder.Find(Workspace, run.Id)).Run(null, default).Last();
        Assert.Single(Ledger.Read());
        Assert.Throws<FineTuneException>(() => FineTuning.Run(Plan() with { Optimizer = new PSFineTune.Optimizers.Sgd { LearningRate = 1e30 } }, _data, Workspace, null, default).Count());
        Assert.Equal(1, Ledger.Read().First().ExitCode);
    }

    [Fact]
    public void A_ledger_that_cannot_be_written_is_a_warning_and_a_note()
    {
        Directory.CreateDirectory(Ledger.Path);
        var events = Events(new()).ToList();
        Assert.Equal(0, ((RunDone)events[^1]).Record.ExitCode);
        Assert.Contains(events.OfType<Noted>(), note => note.IsWarning && note.Message.Contains("ledger"));
        foreach (var _ in Events(new()).OfType<StepDone>().Take(1)) { }
        Assert.Contains(RunFolder.All(Workspace).First().Record.Notes, note => note.Contains("ledger"));
    }

    [Fact]
    public void A_run_whose_folder_is_gone_is_listed_where_asked()
    {
        var (one, two) = (Events(new()).OfType<RunDone>().Single().Record, Events(new()).OfType<RunDone>().Single().Record);
        Directory.Delete(one.Path, recursive: true);
        Assert.Equal([two.Id], Listing(false).All().Select(run => run.Id));
        Assert.Equal([two.Id, one.Id], Listing(true).All().Select(run => run.Id));
        var gone = Listing(true).Find(one.Id).Read();
        Assert.Equal((one.WeightsHash, one.Accuracy, one.ExitCode, one.Started, ""), (gone.WeightsHash, gone.Accuracy, gone.ExitCode, gone.Started, gone.Path));
        Assert.Equal(PlanHash.Of(one.Plan), PlanHash.Of(gone.Plan));
        Assert.Equal("NoSuchRun", Assert.Throws<FineTuneException>(() => Listing(false).Find(one.Id)).Id);
        Assert.Equal("NoSuchRun", Assert.Throws<FineTuneException>(() => Listing(true).Find("none")).Id);
    }

    RunListing Listing(bool withRemoved) => new(Workspace, withRemoved, _ => { });

    IEnumerable<TrainEvent> Events(RunOptions options) => FineTuning.Run(Plan(), _data, Workspace, null, default, options);

    TrainingPlan Plan() => PlanStart.For(s_network, _data, "Random", new Tutorial()) with
    {
        BatchSize = 4, Threads = 1, Epochs = 2, Preprocessing = s_network.DefaultPreprocessing with { InputSize = 32 },
    };
}

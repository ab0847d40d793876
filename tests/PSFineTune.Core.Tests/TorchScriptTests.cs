using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Signing;
using PSFineTune.Recipes;
using PSFineTune.Reports;
using PSFineTune.Store;
using PSFineTune.Tasks;
using PSFineTune.Training;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>A program of somebody else as a frozen backbone: only where the user lets code run.</summary>
[Collection("Training")]
public sealed class TorchScriptTests : IDisposable
{
    static readonly Golden s_golden = PixelGolden.Embedded<Golden>("torchscript.json");

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scripted"), InlineData("traced"), InlineData("maps")]
    public void Features_are_torchs(string name)
    {
        var script = Load(name);
        using var scope = NewDisposeScope();
        var images = tensor(Enumerable.Range(0, 2 * 3 * 16 * 16).Select(i => i % 97 / 97f).ToArray(), [2, 3, 16, 16]);
        var features = script.Features(images);
        Assert.Equal([2, 8], features.shape);
        Assert.All(features.data<float>().ToArray().Zip(s_golden.Cases.Single(one => one.Name == name).Features), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        Assert.Equal(8, script.Count(32));
        Assert.Contains("8 features for images of 16 pixels, and 7", Assert.Throws<FineTuneException>(() => script.Features(images, 7)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_loaded_without_consent_and_consent_ends()
    {
        var path = Written("scripted");
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => new TorchScriptBackbone().ReadWeights(path)).Id);
        using (CodeConsent.If(true))
        {
            Assert.Equal(8, ((TorchScriptBackbone)new TorchScriptBackbone { InputSize = 32 }.ReadWeights(path).Spec).FeatureCount);
            // So runs the next cmdlet of a pipeline, which was given nothing.
            using (CodeConsent.If(false)) Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => new TorchScriptBackbone { InputSize = 32 }.ReadWeights(path)).Id);
            CodeConsent.Require("x");
            // What a user lets run, the threads of that call may run.
            await Task.Run(() => CodeConsent.Require("x"), TestContext.Current.CancellationToken);
        }
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => CodeConsent.Require("x")).Id);
    }

    [Fact]
    public void What_is_no_such_program_is_refused()
    {
        using var consent = CodeConsent.If(true);
        File.WriteAllBytes(_folder["x.pt"], TorchGolden.File("resnet-like"));
        Assert.Equal("BadTorchScript", Assert.Throws<FineTuneException>(() => new TorchScriptBackbone().ReadWeights(_folder["x.pt"])).Id);
        File.WriteAllText(_folder["x.pt"], "no program");
        Assert.Equal("BadTorchScript", Assert.Throws<FineTuneException>(() => new TorchScriptBackbone().ReadWeights(_folder["x.pt"])).Id);
        Assert.Contains("features are N x C", Assert.Throws<FineTuneException>(() => new TorchScriptBackbone().ReadWeights(Written("single"))).Message);
        Assert.Equal("WeightsNotFound", Assert.Throws<FineTuneException>(() => new TorchScriptBackbone().ReadWeights(_folder["none.pt"])).Id);
        Assert.Equal("UnsafePyTorchFile", Assert.Throws<FineTuneException>(() => WeightsFile.ReadFile(Written("scripted"))).Id);
    }

    [Fact]
    public void A_head_learns_on_its_features_and_the_package_carries_it()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 12);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
        var path = Written("scripted");
        RunRecord run;
        TrainingPlan plan;
        Assert.Equal("NoTorchScript", Assert.Throws<FineTuneException>(() => PlanStart.For(new TorchScriptBackbone(), data, null, new HeadOnly())).Id);
        using (CodeConsent.If(true))
        {
            plan = PlanStart.For(new TorchScriptBackbone { InputSize = 32 }, data, path, new HeadOnly()) with { Epochs = 2, Threads = 1, BatchSize = 8, CachedViews = 1 };
            Assert.Equal(8, Assert.IsType<TorchScriptBackbone>(plan.Model).FeatureCount);
            Assert.Contains(PlanStart.Warnings(plan), warning => warning.Contains($"TorchScript program, SHA-256 {plan.WeightsSha256}", StringComparison.Ordinal));
            run = FineTuning.Run(plan, data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record;
        }
        Assert.Contains("computed once", string.Join(' ', run.Preparation));
        Assert.Equal("TorchScriptBackbone", run.Plan.Model!.Name);
        Assert.True(run.CodeAllowed);
        Assert.Contains("\"codeAllowed\": true", File.ReadAllText(Path.Combine(run.Path, RunFolder.RecordName)), StringComparison.Ordinal);
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => FineTuning.Run(plan with { Seed = 9 }, data, _folder["workspace"], null, default).Count()).Id);
        var trained = TrainedModel.From(run, _folder["workspace"]);
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => trained.NewPredictor()).Id);
        // Refused before any of its code is loaded.
        Assert.Equal("NoOnnxForm", Assert.Throws<FineTuneException>(() => Exports.OnnxExporter.Write(trained, _folder["m.onnx"], new(), default)).Id);
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(plan with { Device = "cuda:0" })).Id);
        trained.Export(_folder["model.psft"], null);
        // The file that it came from is not needed any more.
        File.Delete(path);
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => TrainedModel.From(_folder["model.psft"], "").NewPredictor()).Id);
        using (CodeConsent.If(true))
        {
            using var predictor = TrainedModel.From(_folder["model.psft"], "").NewPredictor();
            var item = Directory.GetFiles(_folder["data"], "*.png", SearchOption.AllDirectories)[0];
            var scored = predictor.Score([item], default).Single();
            Assert.Null(scored.Fault);
        }

        var content = PackageFile.Open(_folder["model.psft"]);
        Assert.True(content.Package.HoldsCode);
        var other = content with { Others = [.. content.Others.Select(part => part.Name == TorchScriptBackbone.PartName ? (part.Name, part.Kind, PartSource.Of(FileOf("traced"))) : part)] };
        PackageFile.Write(_folder["other.psft"], other);
        using (CodeConsent.If(true))
            Assert.Equal("PartDamaged", Assert.Throws<FineTuneException>(() => TrainedModel.From(_folder["other.psft"], "").NewPredictor()).Id);
    }

    [Fact]
    public void Another_program_in_the_place_of_the_planned_one_is_not_loaded()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 6);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
        var path = Written("scripted");
        using var consent = CodeConsent.If(true);
        var plan = PlanStart.For(new TorchScriptBackbone { InputSize = 32 }, data, path, new HeadOnly()) with { Epochs = 1, Threads = 1, BatchSize = 8 };
        // Were it loaded, it would be said to be no program.
        File.WriteAllText(path, "no program");
        Assert.Equal("WeightsChanged", Assert.Throws<FineTuneException>(() => FineTuning.Run(plan, data, _folder["workspace"], null, default).Count()).Id);
    }

    [Fact]
    public void What_runs_nothing_needs_no_consent()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 6);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
        var store = new ModelStore(_folder["store"]) { Grace = TimeSpan.Zero };
        using (CodeConsent.If(true))
        {
            var plan = PlanStart.For(new TorchScriptBackbone { InputSize = 32 }, data, Written("scripted"), new HeadOnly()) with { Epochs = 1, Threads = 1, BatchSize = 8 };
            var trained = TrainedModel.From(FineTuning.Run(plan, data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record, _folder["workspace"]);
            for (var i = 1; i <= 3; i++)
            {
                trained.Until(DateTimeOffset.UtcNow.AddDays(i)).Export(_folder[$"{i}.psft"], null);
                store.Publish("net", _folder[$"{i}.psft"], new() { Keep = 2 });
            }
        }
        Assert.Equal(2, store.Undo("net", "", null).Version);
        Assert.Equal(3, store.Undo("net", "", 3).Version);
        Assert.Equal(5, store.History("net").Count);
        Assert.True(store.Open("net").Content.Package.HoldsCode);
        var report = ReportSource.Open(_folder["1.psft"], _folder["workspace"]);
        Assert.True(report.Record.CodeAllowed);
        Assert.Equal(["fc.weight", "fc.bias"], report.Layers().Select(layer => layer.Name).TakeLast(2));
        Assert.True(PackageCheck.Of(_folder["1.psft"]).Accepted);
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => store.Publish("other", _folder["1.psft"], new())).Id);
    }

    [Fact]
    public void A_task_uses_it_where_its_settings_allow_that()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 20);
        Written("scripted");
        var refused = Run(Settings(allowCode: false));
        Assert.Equal((TaskResult.Environment, 50, "CodeNotAllowed"), (refused.Result, refused.ExitCode, refused.ErrorId));
        Assert.Contains("Plan: ", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("allowCode", refused.Action, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["ws/runs"]) && Directory.EnumerateFileSystemEntries(_folder["ws/runs"]).Any());

        var published = Run(Settings(allowCode: true));
        Assert.True(published.Result == TaskResult.Published, published.Reason);
        Assert.True(RunFolder.Find(_folder["ws"], published.RunId!).Record.CodeAllowed);
        Assert.True(PackageFile.Open(published.Package!).Package.HoldsCode);
        // The consent is the task's own.
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => TrainedModel.From(published.Package!, "").NewPredictor()).Id);
    }

    string Settings(bool allowCode)
    {
        File.WriteAllText(_folder["a.task.json"], $$"""
            { "name": "net", "workspace": "ws", "allowCode": {{(allowCode ? "true" : "false")}}, "data": { "path": "data", "testFraction": 0.4 }, "notify": { "skip": true },
              "plan": { "model": { "TorchScriptBackbone": { "inputSize": 32 } }, "weights": "scripted.pt", "recipe": "HeadOnly", "epochs": 1, "threads": 1, "batchSize": 8 } }
            """);
        return _folder["a.task.json"];
    }

    static TaskOutcome Run(string settings) => TaskRun.At(settings, new(settings, null, TimeProvider.System), CancellationToken.None).OfType<TaskDone>().Single().Outcome;

    ScriptBackbone Load(string name)
    {
        using var consent = CodeConsent.If(true);
        return ScriptBackbone.Load(PartSource.Of(FileOf(name)), name, null);
    }

    string Written(string name)
    {
        File.WriteAllBytes(_folder[$"{name}.pt"], FileOf(name));
        return _folder[$"{name}.pt"];
    }

    static byte[] FileOf(string name) => s_golden.Cases.Single(one => one.Name == name).File;

    sealed record Golden
    {
        public Case[] Cases { get; init; } = [];
    }

    sealed record Case
    {
        public string Name { get; init; } = "";

        public byte[] File { get; init; } = [];

        public float[] Features { get; init; } = [];
    }
}

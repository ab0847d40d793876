using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
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
            using (CodeConsent.If(false)) Assert.Equal(8, ((TorchScriptBackbone)new TorchScriptBackbone { InputSize = 32 }.ReadWeights(path).Spec).FeatureCount);
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
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => FineTuning.Run(plan with { Seed = 9 }, data, _folder["workspace"], null, default).Count()).Id);
        var trained = TrainedModel.From(run, _folder["workspace"]);
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => trained.NewPredictor()).Id);
        // Refused before any of its code is loaded.
        Assert.Equal("NoOnnxForm", Assert.Throws<FineTuneException>(() => Exports.OnnxExporter.Write(trained, _folder["m.onnx"], new(), default)).Id);
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(plan with { Device = "cuda:0" })).Id);
        trained.Export(_folder["model.psft"], null);
        // The file that it came from is not needed any more.
        File.Delete(path);
        Assert.Equal("CodeNotAllowed", Assert.Throws<FineTuneException>(() => TrainedModel.From(_folder["model.psft"], "")).Id);
        using (CodeConsent.If(true))
        {
            using var predictor = TrainedModel.From(_folder["model.psft"], "").NewPredictor();
            var item = Directory.GetFiles(_folder["data"], "*.png", SearchOption.AllDirectories)[0];
            var scored = predictor.Score([item], default).Single();
            Assert.Null(scored.Fault);
        }

        var content = PackageContentOf(_folder["model.psft"]);
        var other = content with { Others = [.. content.Others.Select(part => part.Name == TorchScriptBackbone.PartName ? (part.Name, part.Kind, PartSource.Of(FileOf("traced"))) : part)] };
        PackageFile.Write(_folder["other.psft"], other);
        using (CodeConsent.If(true))
            Assert.Equal("PartDamaged", Assert.Throws<FineTuneException>(() => TrainedModel.From(_folder["other.psft"], "").NewPredictor()).Id);
    }

    PackageContent PackageContentOf(string path)
    {
        using var consent = CodeConsent.If(true);
        return PackageFile.Open(path);
    }

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

using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Signing;
using PSFineTune.Recipes;
using PSFineTune.Store;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A small vision transformer that was adapted once, for all tests of its package.</summary>
public sealed class AdaptedRun : IDisposable
{
    readonly TempFolder _folder = new();
    readonly DatasetFolder _images = new();

    public AdaptedRun()
    {
        Native.TorchRuntime.Ensure();
        for (var label = 0; label < 10; label++) _images.With($"class{label}", 4, 100 * label);
        using (var network = new ViTTi16 { ImageSize = 64 }.Build(10, 5)) Safetensors.WriteFile(Weights, network.Store());
        var data = Data = _images.Import(settings => settings with { ValidationFraction = 0.25 });
        var plan = PlanStart.For(new ViTTi16(), data, Weights, new Recommended());
        plan = plan with { Epochs = 2, BatchSize = 10, Threads = 1, Augment = new(), Preprocessing = plan.Preprocessing! with { InputSize = 48 }, Lora = new() { Rank = 8 }, Layers = [], Optimizer = new AdamW { LearningRate = 5e-3 } };
        Record = FineTuning.Run(plan, data, Workspace, null, default).OfType<RunDone>().Single().Record;
        Items = [.. Directory.EnumerateFiles(_images.Root, "1.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Whole = Export("whole.psft", false);
        Adapter = Export("adapter.psft", true);
    }

    public string Weights => _folder["vit \u00e4 'base'.safetensors"];

    public string Workspace => _images.Workspace;

    public RunRecord Record { get; }

    public ImageDataset Data { get; }

    public IReadOnlyList<string> Items { get; }

    public string Whole { get; }

    public string Adapter { get; }

    internal float[][] Scores(object model, string? weights = null)
    {
        using var predictor = TrainedModel.From(model, Workspace, null, weights).NewPredictor();
        return [.. predictor.Score(Items, default).Select(scored => scored.Scores!)];
    }

    public void Dispose()
    {
        _images.Dispose();
        _folder.Dispose();
    }

    string Export(string name, bool adapterOnly)
    {
        TrainedModel.From(Record, Workspace).Export(_folder[name], null, adapterOnly: adapterOnly);
        return _folder[name];
    }
}

/// <summary>What low-rank adaptation learned, as a package of its own.</summary>
[Collection("Training")]
public sealed class AdapterTests(AdaptedRun adapted) : IClassFixture<AdaptedRun>, IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_small_and_predicts_as_the_whole_package_does()
    {
        Assert.InRange(new FileInfo(adapted.Adapter).Length, 300_000, 500_000);
        Assert.InRange(new FileInfo(adapted.Whole).Length, 20_000_000, 30_000_000);
        AssertNear(adapted.Scores(adapted.Whole), adapted.Scores(adapted.Adapter));
        AssertNear(adapted.Scores(adapted.Record), adapted.Scores(adapted.Adapter));
        // It learned something that the weights and the output layer alone do not say.
        var still = PackageFile.Open(adapted.Adapter);
        var learned = still.Apart!();
        Dictionary<string, StoredTensor> tensors;
        using (var open = learned.Source.Open()) tensors = Safetensors.Read(open, learned.Source.Length, "").Tensors.ToDictionary();
        using var zeroed = new MemoryStream();
        Safetensors.Write(zeroed, tensors.Values.Select(tensor => tensor.Name.EndsWith(TensorSpec.Up, StringComparison.Ordinal) ? tensor with { Bytes = new byte[tensor.Bytes.Length] } : tensor));
        PackageFile.Write(_folder["still.psft"], still with { Apart = () => learned with { Source = PartSource.Of(zeroed.ToArray()) } });
        Assert.True(adapted.Scores(adapted.Adapter).Zip(adapted.Scores(_folder["still.psft"], adapted.Weights)).Max(pair => pair.First.Zip(pair.Second, (one, other) => Math.Abs(one - other)).Max()) > 1e-3);
        var package = PackageFile.Open(adapted.Adapter).Package;
        Assert.Equal((2, Path.GetFileName(adapted.Weights), new FileInfo(adapted.Weights).Length), (package.SchemaVersion, package.Base!.FileName, package.Base.Bytes));
        Assert.Equal((1, null), (PackageFile.Open(adapted.Whole).Package.SchemaVersion, PackageFile.Open(adapted.Whole).Package.Base));
        Assert.DoesNotContain("\"base\"", PlanJson.Write(PackageFile.Open(adapted.Whole).Package));
    }

    [Fact]
    public void Its_weights_are_found_beside_it_by_their_bytes_or_given_and_nothing_else_will_do()
    {
        var (package, weights) = (Copied(adapted.Adapter, "a.psft"), _folder["weights of another name.bin"]);
        var missing = Refused("NoBaseWeights", package);
        Assert.Contains(Path.GetFileName(adapted.Weights), missing.Message);
        Assert.Contains(adapted.Record.Plan.WeightsSha256!, missing.Message);
        File.WriteAllBytes(_folder["as long.bin"], new byte[new FileInfo(adapted.Weights).Length]);
        Refused("NoBaseWeights", package);
        File.Copy(adapted.Weights, weights);
        AssertNear(adapted.Scores(adapted.Whole), adapted.Scores(package));

        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Refused("NoBaseWeights", package);
        Assert.Contains("is another file", Refused("OtherBaseWeights", package, weights).Message);
        Refused("WeightsNotFound", package, _folder["nowhere.safetensors"]);
        Directory.CreateDirectory(_folder["folder"]);
        Refused("NoBaseWeights", package, _folder["folder"]);
        File.Copy(adapted.Weights, _folder["folder/kept.bin"]);
        AssertNear(adapted.Scores(adapted.Whole), adapted.Scores(package, _folder["folder"]));
        File.Copy(weights, _folder[Path.GetFileName(adapted.Weights)]);
        Refused("OtherBaseWeights", package);
        AssertNear(adapted.Scores(adapted.Whole), adapted.Scores(package, adapted.Weights));
    }

    [Fact]
    public void An_imported_one_remembers_its_weights_and_a_check_asks_for_them()
    {
        var package = Copied(adapted.Adapter, "a.psft");
        var check = PackageCheck.Of(package, probe: false);
        Assert.Equal((false, "NoBaseWeights"), (check.Accepted, check.ErrorId));
        Assert.True(PackageCheck.Of(package, baseWeights: adapted.Weights).Accepted);
        var imported = PackageFile.Open(package).Based(adapted.Weights).Package;
        Assert.Equal(adapted.Weights, imported.BaseWeights);
        AssertNear(adapted.Scores(adapted.Whole), adapted.Scores(imported));
    }

    [Fact]
    public void A_whole_package_is_made_of_it_and_it_of_itself_again()
    {
        var trained = TrainedModel.From(adapted.Adapter, adapted.Workspace);
        trained.Export(_folder["whole.psft"], null);
        AssertNear(adapted.Scores(adapted.Whole), adapted.Scores(_folder["whole.psft"]));
        Assert.Null(PackageFile.Open(_folder["whole.psft"]).Package.Base);
        trained.Export(_folder["again.psft"], null, adapterOnly: true);
        Assert.Equal(File.ReadAllBytes(adapted.Adapter), File.ReadAllBytes(_folder["again.psft"]));
        Assert.Equal("NoAdapter", Assert.Throws<FineTuneException>(() => TrainedModel.From(adapted.Whole, adapted.Workspace).Export(_folder["not.psft"], null, adapterOnly: true)).Id);
        Assert.False(File.Exists(_folder["not.psft"]));
    }

    [Fact]
    public void Tokens_of_frozen_layers_are_computed_once()
    {
        var plan = adapted.Record.Plan with
        {
            Lora = null, ProbePenalty = null, Epochs = 1, Keep = ModelChoice.Last, Preprocessing = adapted.Record.Plan.Preprocessing! with { InputSize = 32 },
            Layers = [new() { Pattern = "*", Frozen = true }, new() { Pattern = "layer11", Factor = 1 }, new() { Pattern = "head", Factor = 1 }],
        };
        var (cached, notes) = Run(plan with { CachedViews = 1 }, "cached");
        var (plain, _) = Run(plan, "plain");
        Assert.Contains(notes, note => note.Contains("embeddings, layer0"));
        Assert.Equal(plain.Epochs[0].TrainLoss, cached.Epochs[0].TrainLoss, 1e-4);
        Assert.Equal(plain.Epochs[0].ValidationLoss, cached.Epochs[0].ValidationLoss, 1e-4);

        (RunRecord, IReadOnlyList<string>) Run(TrainingPlan plan, string workspace)
        {
            var events = FineTuning.Run(plan, adapted.Data, _folder[workspace], null, default).ToList();
            return (events.OfType<RunDone>().Single().Record, [.. events.OfType<Noted>().Select(noted => noted.Message)]);
        }
    }

    [Fact]
    public void Its_weights_may_be_named_by_their_folder_and_ones_in_shards_are_refused_in_words()
    {
        Directory.CreateDirectory(_folder["hub"]);
        File.Copy(adapted.Weights, Path.Combine(_folder["hub"], "model.safetensors"));
        AssertNear(adapted.Scores(adapted.Whole), adapted.Scores(Copied(adapted.Adapter, "a.psft"), _folder["hub"]));
        Refused("NoBaseWeights", adapted.Adapter, Directory.CreateDirectory(_folder["empty"]).FullName);

        Directory.CreateDirectory(_folder["sharded"]);
        var index = Path.Combine(_folder["sharded"], "model.safetensors.index.json");
        File.Copy(adapted.Weights, Path.Combine(_folder["sharded"], "one.safetensors"));
        File.WriteAllText(index, PlanJson.Write(new Dictionary<string, object> { ["weight_map"] = WeightsFile.ReadFile(adapted.Weights).Tensors.Keys.ToDictionary(name => name, _ => "one.safetensors") }));
        var run = adapted.Record with { Plan = adapted.Record.Plan with { Weights = index, WeightsSha256 = WeightsFile.Sha256(index) } };
        var fault = Assert.Throws<FineTuneException>(() => Adapter.Of(run, ""));
        Assert.Equal("NoAdapter", fault.Id);
        Assert.Contains("ConvertTo-Safetensors", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_takes_none()
    {
        var store = new ModelStore(_folder["store"]);
        Assert.Equal("AdapterPublished", Assert.Throws<FineTuneException>(() => store.Publish("small", TrainedModel.From(adapted.Adapter, adapted.Workspace), new())).Id);
        Assert.Equal(1, store.Publish("small", TrainedModel.From(adapted.Record, adapted.Workspace), new()).Version);
    }

    [Fact]
    public void A_description_that_does_not_fit_is_refused()
    {
        var content = PackageFile.Open(adapted.Adapter);
        foreach (var wrong in new[] { content.Package with { SchemaVersion = 1 }, content.Package with { Plan = content.Package.Plan with { Lora = null } },
            content.Package with { Base = content.Package.Base! with { FileName = "../secret" } }, content.Package with { Base = content.Package.Base! with { Sha256 = "no" } } })
        {
            PackageFile.Write(_folder["wrong.psft"], content with { Package = wrong });
            Refused("DamagedPackage", _folder["wrong.psft"]);
        }
        PackageFile.Write(_folder["wrong.psft"], content with { Package = content.Package with { Plan = content.Package.Plan with { Lora = new() { Rank = 3 } } } });
        Assert.Equal("WeightsMismatch", Assert.Throws<FineTuneException>(() => TrainedModel.From(_folder["wrong.psft"], "", null, adapted.Weights)).Id);
    }

    FineTuneException Refused(string id, string package, string? weights = null)
    {
        var fault = Assert.Throws<FineTuneException>(() => TrainedModel.From(package, "", null, weights));
        Assert.Equal(id, fault.Id);
        return fault;
    }

    string Copied(string path, string name)
    {
        File.Copy(path, _folder[name]);
        return _folder[name];
    }

    static void AssertNear(float[][] expected, float[][] actual) => Assert.All(expected.Zip(actual), pair => Assert.All(pair.First.Zip(pair.Second), both => Assert.Equal(both.First, both.Second, 1e-5f)));
}

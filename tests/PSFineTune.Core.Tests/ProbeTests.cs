using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;
using PSFineTune.Packaging.Signing;
using PSFineTune.Recipes;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Predictions that travel with a package and are made again.</summary>
[Collection("Training")]
public sealed class ProbeTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    (Dataset Data, TrainedModel Model) Trained(bool ofImages)
    {
        Dataset data;
        TrainingPlan plan;
        if (ofImages)
        {
            Pictures.WriteClasses(_folder["photos"], classes: 2, each: 10);
            data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["photos"], ValidationFraction = .3 }, _folder["workspace"]);
            plan = PlanStart.For(new ResNet20(), data, null, new Tutorial()) with { Epochs = 1, Threads = 1, BatchSize = 8 };
        }
        else
        {
            data = TermModelTests.Tickets();
            plan = PlanStart.For(new LinearSvm(), data, null, new Recommended());
        }
        return (data, TrainedModel.From(FineTuning.Run(plan, data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record, _folder["workspace"]));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_same_data_make_the_same_probes_and_the_package_predicts_them(bool ofImages)
    {
        var (data, model) = Trained(ofImages);
        var probes = ProbeMaker.Of(model, data, 5, default)!;
        Assert.Equal(5, probes.Probes.Count);
        Assert.Equal(ofImages ? 5 : 0, probes.Images.Count);
        model.At(2).Probed(probes).Export(_folder["1.psft"], null);
        model.At(2).Probed(ProbeMaker.Of(model.At(3), data, 5, default)).Export(_folder["2.psft"], null);
        Assert.Equal(File.ReadAllBytes(_folder["1.psft"]), File.ReadAllBytes(_folder["2.psft"]));
        var packed = TrainedModel.From(_folder["1.psft"], _folder["workspace"]);
        var (count, largest) = ProbeCheck.Of(packed, default)!.Value;
        Assert.Equal(5, count);
        Assert.InRange(largest, 0, 1e-5);
        packed.Export(_folder["3.psft"], null);
        Assert.Equal(File.ReadAllBytes(_folder["1.psft"]), File.ReadAllBytes(_folder["3.psft"]));
        packed.Probed(null).Export(_folder["4.psft"], null);
        Assert.Null(ProbeCheck.Of(TrainedModel.From(_folder["4.psft"], _folder["workspace"]), default));
        Assert.DoesNotContain(PackageParts.Read(_folder["4.psft"]).Manifest.Parts, part => part.Name.StartsWith("probe", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_preprocessing_or_class_order_is_noticed()
    {
        var (data, model) = Trained(ofImages: true);
        model.Probed(ProbeMaker.Of(model, data, 4, default)).Export(_folder["x.psft"], null);
        var content = PackageFile.Open(_folder["x.psft"]);
        var (package, was) = (content.Package, content.Package.Preprocessing!);
        foreach (var skewed in new[] { was with { Mean = [.. was.Mean.Select(mean => mean + .2f)] }, was with { Std = [.. was.Std.Select(std => std * 2)] } })
        {
            PackageFile.Write(_folder["y.psft"], content with { Package = package with { Preprocessing = skewed } });
            var fault = Assert.Throws<FineTuneException>(() => ProbeCheck.Require(TrainedModel.From(_folder["y.psft"], _folder.Path), default));
            Assert.Equal(("ServingParity", FaultKind.Mismatch), (fault.Id, fault.Kind));
            var check = PackageCheck.Of(_folder["y.psft"]);
            Assert.Equal((false, "ServingParity", 4), (check.Accepted, check.ErrorId, check.Probes));
            Assert.True(check.ProbeDifference > ProbeCheck.Tolerance);
            Assert.True(PackageCheck.Of(_folder["y.psft"], probe: false).Accepted);
        }
        Assert.True(PackageCheck.Of(_folder["x.psft"]).Accepted);
        var whole = PackageCheck.Of(_folder["x.psft"]);
        Assert.Equal(PlanJson.Write(whole), PlanJson.Write(PlanJson.Read<PackageCheck>(PlanJson.Write(whole))));
    }

    [Theory]
    [InlineData("""{ "schemaVersion": 1, "probes": [] }""")]
    [InlineData("""{ "schemaVersion": 1, "probes": null }""")]
    [InlineData("""{ "schemaVersion": 1, "probes": [null] }""")]
    [InlineData("""{ "schemaVersion": 1, "probes": [{ "text": "a", "scores": [1] }] }""")]
    [InlineData("""{ "schemaVersion": 1, "probes": [{ "image": "../../a", "scores": [0.5, 0.25, 0.25] }] }""")]
    [InlineData("""{ "schemaVersion": 1, "probes": [{ "text": "a", "image": "b", "scores": [0.5, 0.25, 0.25] }] }""")]
    [InlineData("""{ "schemaVersion": 1, "probes": [{ "text": "a", "scores": [0.5, "NaN", 0.25] }] }""")]
    [InlineData("""{ "schemaVersion": 9 }""")]
    [InlineData("{")]
    public void Probes_that_are_none_are_a_fault(string json)
    {
        var (_, model) = Trained(ofImages: false);
        model.Export(_folder["x.psft"], null);
        var content = PackageFile.Open(_folder["x.psft"]);
        PackageFile.Write(_folder["y.psft"], content with { Others = [.. content.Others, ("probes.json", "probes", PartSource.Of(json))] });
        Assert.Throws<FineTuneException>(() => ProbeCheck.Require(TrainedModel.From(_folder["y.psft"], _folder.Path), default));
        Assert.False(PackageCheck.Of(_folder["y.psft"]).Accepted);
    }
}

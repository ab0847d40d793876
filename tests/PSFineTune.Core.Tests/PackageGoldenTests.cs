using PSFineTune.Packaging;
using PSFineTune.Packaging.Signing;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A package of schema version 1 as it was written before packages had probes, hashes of samples, signatures and an end.</summary>
public class PackageGoldenTests
{
    static string Golden => Path.Combine(ConventionTests.Root, "tests", "PSFineTune.Core.Tests", "Goldens", "package-1.psft");

    [Theory]
    [InlineData("a clean and quiet room", "good", 0.8707711100578308)]
    [InlineData("cold and loud", "bad", 0.8791548013687134)]
    public void It_still_predicts_what_it_predicted(string text, string label, double confidence)
    {
        var model = TrainedModel.From(Golden, "");
        using var predictor = model.NewPredictor();
        var prediction = model.Predict(predictor, predictor.Score([text], default)[0], 2, 0, null);
        Assert.Equal(label, prediction.Label);
        Assert.Equal(confidence, prediction.Confidence, 1e-6);
    }

    [Fact]
    public void It_has_nothing_of_what_came_later_and_is_written_anew()
    {
        var model = TrainedModel.From(Golden, "");
        Assert.Equal((1, ""), (model.Described.SchemaVersion, model.Described.Path == Golden ? "" : model.Described.Path));
        Assert.Null(model.Described.Expires);
        Assert.Null(model.TrainingHashes);
        Assert.False(model.HasProbes);
        Assert.Equal(SignatureStatus.NotSigned, model.Described.Signature?.Status ?? SignatureStatus.NotSigned);
        using var folder = new TempFolder();
        model.Export(folder["again.psft"], null);
        Assert.Equal(model.WeightsHash(), TrainedModel.From(folder["again.psft"], "").WeightsHash());
    }
}

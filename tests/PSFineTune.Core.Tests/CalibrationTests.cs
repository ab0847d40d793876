using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Temperatures of models of every kind, from validation samples to a package and back.</summary>
[Collection("Training")]
public sealed class CalibrationTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static readonly string[] s_texts = ["my printer jams again", "the vpn drops", "password lost", "nothing known here", ""];

    (TextDataset Data, TrainedModel Model) Trained(ModelSpec model)
    {
        var data = TermModelTests.Tickets();
        var run = FineTuning.Run(PlanStart.For(model, data, null, new Recipes.Recommended()), data, _folder.Path, null, default).OfType<RunDone>().Single().Record;
        return (data, TrainedModel.From(run, _folder.Path));
    }

    static float[][] Scores(TrainedModel model, IReadOnlyList<string> items)
    {
        using var predictor = model.NewPredictor();
        return [.. predictor.Score(items, default).Select(scored => scored.Scores!)];
    }

    static Evaluation Judged(TrainedModel model, JudgedData judged) => Judgement.Of(model, judged, new() { Resamples = 0 }, default).Last().Result!;

    public static TheoryData<ModelSpec> Machines => [new LinearSvm(), new Svm(), new Svm { Probability = true }];

    [Theory, MemberData(nameof(Machines))]
    public void A_package_keeps_its_temperature_however_often_it_is_written(ModelSpec spec)
    {
        var (data, model) = Trained(spec);
        var temperature = Calibration.Of(model, data, default).Last().Temperature!.Value;
        Assert.InRange(temperature, TemperatureScaling.Least, TemperatureScaling.Most);
        model.At(temperature).Export(_folder["1.psft"], null);
        var packed = TrainedModel.From(_folder["1.psft"], _folder.Path);
        packed.Export(_folder["2.psft"], null);
        Assert.Equal(File.ReadAllBytes(_folder["1.psft"]), File.ReadAllBytes(_folder["2.psft"]));
        Assert.Equal(temperature, packed.Described.Temperature);
        // What the machine has scaled already is scaled once more, by one number.
        Assert.Equal(Scores(model, s_texts).Select(row => TemperatureScaling.Scale(row, temperature)), Scores(packed, s_texts));
        // A fit begins at temperature 1, and ends where the first one did.
        Assert.Equal(temperature, Calibration.Of(packed, data, default).Last().Temperature);
    }

    [Fact]
    public void Judging_applies_the_temperature_of_the_package_or_a_fitted_one()
    {
        var (data, model) = Trained(new LinearSvm());
        var (plain, warm) = (Judged(model, new(data, Split.Validation)), Judged(model.At(3), new(data, Split.Validation)));
        Assert.Equal((1, 3), (plain.Temperature, warm.Temperature));
        Assert.Equal(plain.Accuracy, warm.Accuracy);
        Assert.True(warm.LogLoss > plain.LogLoss);

        var (same, other) = (Judged(model.At(3), new(data, Split.Validation) { Fitted = data }), Judged(model, new(data, Split.Train) { Fitted = data }));
        Assert.Equal(Calibration.Of(model, data, default).Last().Temperature, same.Temperature);
        Assert.Equal(same.Temperature, other.Temperature);
        Assert.True(same.LogLoss <= plain.LogLoss);
    }

    [Fact]
    public void Of_several_views_the_mean_is_scaled()
    {
        Pictures.WriteClasses(_folder["data"], classes: 2, each: 4);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
        var plan = PlanStart.For(new ResNet20(), data, null, new Recipes.Tutorial()) with { BatchSize = 6, Threads = 1, Epochs = 1, Augment = new() { Ops = [new RandomHorizontalFlip()] } };
        var run = FineTuning.Run(plan, data, _folder["workspace"], null, CancellationToken.None).OfType<RunDone>().Single().Record;
        var model = TrainedModel.From(run, _folder["workspace"]).Seeing(new() { Views = 2 });
        string[] files = [.. data.Train.Select(sample => sample.Item)];
        Assert.Equal(Scores(model, files).Select(row => TemperatureScaling.Scale(row, 2.5)), Scores(model.At(2.5), files));
        // The order of the two changes nothing.
        Assert.Equal(Scores(model.At(2.5), files), Scores(TrainedModel.From(run, _folder["workspace"]).At(2.5).Seeing(new() { Views = 2 }), files));
    }

    [Fact]
    public void Packages_of_before_have_temperature_1_and_one_that_is_no_number_is_damaged()
    {
        var json = PlanJson.Write(new ModelPackage { Classes = ["a", "b"], Temperature = 2 });
        Assert.Contains("\"temperature\": 2", json);
        Assert.Equal(1, PlanJson.Read<ModelPackage>(json.Replace("\"temperature\": 2,", "")).Temperature);

        var (_, model) = Trained(new LinearSvm());
        foreach (var wrong in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            model.At(wrong).Export(_folder["wrong.psft"], null);
            Assert.Equal("DamagedPackage", Assert.Throws<FineTuneException>(() => TrainedModel.From(_folder["wrong.psft"], _folder.Path)).Id);
        }
    }

    [Fact]
    public void Unknown_columns_and_no_validation_samples_are_faults()
    {
        var (data, model) = Trained(new LinearSvm());
        var unknown = Assert.Throws<FineTuneException>(() => Judgement.Of(model, new(data, Split.Validation), new() { SliceBy = ["site"] }, default).Last());
        Assert.Equal(("UnknownColumn", true), (unknown.Id, unknown.Message.Contains("site")));
        var builder = new EvaluationBuilder(["a", "b"], new() { SliceBy = ["id"] });
        Assert.Equal("TooManySlices", Assert.Throws<FineTuneException>(() =>
        {
            for (var i = 0; i < 1001; i++) builder.Add(0, [.5f, .5f], "x", new Dictionary<string, string> { ["id"] = $"{i}" });
        }).Id);
        var none = TextDataset.Of([("one printer", "queue0", Split.Train), ("one vpn", "queue1", Split.Train)]);
        Assert.Equal("NoSamples", Assert.Throws<FineTuneException>(() => Calibration.Of(model, none, default).Last()).Id);
    }
}

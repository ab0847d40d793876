using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Text;
using PSFineTune.Text.Svm;
using PSFineTune.Text.Terms;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Models of terms from texts to a package and back, by the same life as networks.</summary>
[Collection("Training")]
public sealed class TermModelTests
{
    static readonly string[] s_words = ["printer paper toner jam", "vpn network wifi cable", "password login account locked"];

    public static TextDataset Tickets(int count = 60)
    {
        var random = RandomStream.For(1, 0, "tickets");
        return TextDataset.Of([.. Enumerable.Range(0, count).Select(at =>
        {
            var words = s_words[at % 3].Split(' ');
            return ($"please help, my {words[random.Below(4)]} {words[random.Below(4)]} number {random.Below(20)} is broken", $"queue{at % 3}", at % 5 == 4 ? Split.Validation : Split.Train);
        })]);
    }

    public static TheoryData<ModelSpec> Models => [new LinearSvm(), new Svm(), new Svm { Kernel = new RbfKernel { Gamma = 0.1 }, C = 10 }, new Svm { Probability = true }];

    [Theory, MemberData(nameof(Models))]
    public void A_run_learns_and_its_package_predicts_the_same_and_says_why(ModelSpec model)
    {
        using var folder = new TempFolder();
        var (data, run) = Trained(model, folder);
        Assert.Equal(1, run.Accuracy);
        Assert.Equal((0, RunEnd.AllEpochs), (run.ExitCode, run.End));

        var trained = TrainedModel.From(run, folder.Path);
        trained.Export(folder["tickets.psft"], null);
        var packed = TrainedModel.From(folder["tickets.psft"], folder.Path);
        using var predictor = trained.NewPredictor();
        using var other = packed.NewPredictor();
        string[] texts = [.. data.Validation.Select(sample => sample.Item), "printer toner", "nothing known here", ""];
        var scores = predictor.Score(texts, default);
        Assert.Equal(scores.SelectMany(scored => scored.Scores!), other.Score(texts, default).SelectMany(scored => scored.Scores!));
        Assert.All(scores, scored => Assert.Equal(1, scored.Scores!.Sum(), 5));

        var prediction = packed.Predict(other, other.Score(["my printer broke again, toner everywhere"], default)[0], 3, 2, null);
        Assert.Equal("queue0", prediction.Label);
        Assert.Equal("my printer broke again, toner everywhere", prediction.Text);
        Assert.Null(prediction.Path);
        Assert.Equal(2, prediction.Terms.Count);
        Assert.All(prediction.Terms, term => Assert.True(term.Term is "printer" or "toner" or "my printer", term.Term));
        Assert.All(prediction.Terms, term => Assert.True(term.Weight > 0));
    }

    [Fact]
    public void The_same_plan_makes_the_same_weights_and_a_finished_run_is_not_repeated()
    {
        using var folder = new TempFolder();
        var (data, run) = Trained(new LinearSvm(), folder);
        Assert.Equal(run.WeightsHash, Trained(new LinearSvm(), folder).Run.WeightsHash);
        var again = FineTuning.Run(run.Plan, data, folder.Path, null, default, new() { Resume = true }).OfType<RunDone>().Single();
        Assert.Equal(2, RunFolder.All(folder.Path).Count());
        Assert.Equal(run.WeightsHash, again.Record.WeightsHash);
    }

    [Fact]
    public void Rare_classes_count_more_where_the_plan_says_so()
    {
        using var folder = new TempFolder();
        var plain = Trained(new LinearSvm(), folder).Run;
        var weighted = Trained(new LinearSvm(), folder, plan => plan with { ClassWeight = new Training.ClassWeights.ByClass { Weights = new Dictionary<string, double> { ["queue0"] = 3 } } }).Run;
        Assert.NotEqual(plain.WeightsHash, weighted.WeightsHash);
    }

    [Theory]
    [InlineData(0, 1e-4, 1), InlineData(double.NaN, 1e-4, 1), InlineData(1, 0, 1), InlineData(1, 1e-4, 0)]
    public void Settings_that_cannot_be_are_refused(double c, double tolerance, int passes) =>
        Assert.Equal("BadPlanSetting", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(new() { Model = new LinearSvm { C = c, Tolerance = tolerance, MaxPasses = passes } })).Id);

    [Fact]
    public void A_package_without_its_terms_is_damaged()
    {
        using var folder = new TempFolder();
        var (_, run) = Trained(new LinearSvm(), folder);
        Directory.Delete(new RunFolder(run.Path).PartsPath, recursive: true);
        Assert.Equal("PartMissing", Assert.Throws<FineTuneException>(() => TrainedModel.From(run, folder.Path).NewPredictor()).Id);
    }

    [Fact]
    public void Probabilities_are_scaled_to_what_was_held_out_and_choose_no_other_class()
    {
        var random = RandomStream.For(7, 0, "scale");
        // Decision values of which a softmax of thrice the value tells the truth.
        var decisions = Enumerable.Range(0, 4000).Select(_ => new[] { random.Normal(), random.Normal(), random.Normal() }).ToList();
        var labels = decisions.Select(values =>
        {
            var (pick, scores) = (random.NextDouble(), ScoreScale.Probabilities(values, 3));
            return pick < scores[0] ? 0 : pick < scores[0] + scores[1] ? 1 : 2;
        }).ToList();
        Assert.InRange(ScoreScale.Fit(decisions, labels), 2.8, 3.2);
        Assert.All(decisions, values => Assert.Equal(Array.IndexOf(values, values.Max()), ScoreScale.Probabilities(values, 0.1) is var scores ? Array.IndexOf(scores, scores.Max()) : -1));
        Assert.Equal(1, ScoreScale.Fit([], []));
        // All right: as sure as so few can make it, and no surer.
        var sure = ScoreScale.Fit([[1, -1], [-1, 1], [2, -2]], [0, 1, 0]);
        Assert.InRange(ScoreScale.Probabilities([1, -1], sure)[0], 0.6f, 0.95f);
    }

    [Fact]
    public void A_plan_of_terms_is_measured_on_a_part()
    {
        using var folder = new TempFolder();
        var data = Tickets();
        var estimate = new PlanTrial().Run(PlanStart.For(new LinearSvm(), data, null, new Recipes.Recommended()), data, folder["none"], null, default).Last().Estimate!;
        Assert.Equal((48, 12, 1, 1), (estimate.Samples, estimate.ValidationSamples, estimate.Epochs, estimate.Steps));
        Assert.True(estimate.DurationLow > TimeSpan.Zero && estimate.DurationHigh >= estimate.DurationLow && estimate.CheckpointBytes > 0 && estimate.Fits);
        Assert.False(Directory.Exists(folder["none"]));
    }

    static (TextDataset Data, RunRecord Run) Trained(ModelSpec model, TempFolder folder, Func<TrainingPlan, TrainingPlan>? change = null)
    {
        var data = Tickets();
        var plan = PlanStart.For(model, data, null, new Recipes.Recommended());
        return (data, FineTuning.Run(change?.Invoke(plan) ?? plan, data, folder.Path, null, default).OfType<RunDone>().Single().Record);
    }
}

using PSFineTune.Metrics;
using Xunit;

namespace PSFineTune.Tests;

public class EvaluationTests
{
    static readonly string[] s_classes = ["a", "b", "c", "never"];

    /// <summary>Five samples by hand: a right, a taken for b, b right, c right, c taken for a.</summary>
    static Evaluation Five(int worst = 10)
    {
        var builder = new EvaluationBuilder(s_classes, new() { Top = worst });
        builder.Add([0, 0, 1], [.7f, .2f, .1f, 0, .3f, .5f, .2f, 0, .05f, .95f, 0, 0], ["1", "2", "3"]);
        builder.Add([2, 2], [.2f, .2f, .6f, 0, .9f, .1f, 0, 0], ["4", "5"]);
        return builder.Build();
    }

    [Fact]
    public void Counts_what_was_taken_for_what()
    {
        var five = Five();
        Assert.Equal(5, five.Count);
        Assert.Equal(0.6, five.Accuracy, 12);
        Assert.Equal([1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0], five.Confusion.Rows.SelectMany(row => row));
    }

    [Fact]
    public void Precision_recall_and_F1_are_those_of_the_table()
    {
        var five = Five();
        Assert.Equal([0.5, 0.5, 1, 0], five.PerClass.Select(metric => metric.Precision));
        Assert.Equal([0.5, 1, 0.5, 0], five.PerClass.Select(metric => metric.Recall));
        Assert.Equal([2, 1, 2, 0], five.PerClass.Select(metric => metric.Support));
        Assert.Equal([0.5, 2 / 3.0, 2 / 3.0, 0], five.PerClass.Select(metric => metric.F1));
        // The class that neither occurs nor is predicted says nothing about the model.
        Assert.Equal((0.5 + 2 / 3.0 + 2 / 3.0) / 3, five.MacroF1, 12);
    }

    [Fact]
    public void A_sure_and_wrong_prediction_costs_a_finite_loss()
    {
        var expected = -(Math.Log(.7) + Math.Log(.3) + Math.Log(.95) + Math.Log(.6) + Math.Log(Math.Pow(2, -23))) / 5;
        Assert.Equal(expected, Five().LogLoss, 6);
    }

    [Fact]
    public void Calibration_error_is_the_gap_of_each_bin_weighted_by_its_samples()
    {
        // No two of .7, .5, .95, .6, .9 share a bin of 1/15, except .9 with none: |hit - confidence| each.
        Assert.Equal((.3 + .5 + .05 + .4 + .9) / 5, Five().CalibrationError, 6);
    }

    [Fact]
    public void Samples_in_one_bin_balance_each_other()
    {
        var builder = new EvaluationBuilder(["a", "b"]);
        builder.Add([0, 1], [.98f, .02f, .98f, .02f], ["x", "y"]);
        Assert.Equal(.48, builder.Build().CalibrationError, 6);
    }

    [Fact]
    public void A_probability_of_one_has_a_bin()
    {
        var builder = new EvaluationBuilder(["a", "b"]);
        builder.Add([0], [1f, 0f], ["x"]);
        Assert.Equal((0, 0, 1), (builder.Build().CalibrationError, builder.Build().LogLoss, builder.Build().Accuracy));
    }

    [Fact]
    public void The_worst_samples_come_first_and_only_as_many_as_asked_for()
    {
        var worst = Five(worst: 2).TopLoss;
        Assert.Equal(["5", "2"], worst.Select(sample => sample.Path));
        Assert.Equal(("c", "a"), (worst[0].Label, worst[0].Predicted));
        Assert.Equal(.9, worst[0].Confidence, 6);
    }

    [Fact]
    public void Of_equal_losses_the_earlier_sample_stays()
    {
        var builder = new EvaluationBuilder(["a", "b"], new() { Top = 2 });
        builder.Add([0, 0, 0], [.5f, .5f, .5f, .5f, .5f, .5f], ["1", "2", "3"]);
        Assert.Equal(["1", "2"], builder.Build().TopLoss.Select(sample => sample.Path));
    }

    [Fact]
    public void Nothing_to_measure_and_no_number_are_faults()
    {
        Assert.Equal("NothingToMeasure", Assert.Throws<FineTuneException>(() => new EvaluationBuilder(s_classes).Build()).Id);
        Assert.Equal("NoProbability", Assert.Throws<FineTuneException>(() => new EvaluationBuilder(["a", "b"]).Add([0], [float.NaN, 0], ["x"])).Id);
    }

    [Fact]
    public void Comes_back_from_JSON()
    {
        var json = PlanJson.Write(Five());
        Assert.Equal(json, PlanJson.Write(PlanJson.Read<Evaluation>(json)));
    }
}

using PSFineTune.Metrics;
using Xunit;

namespace PSFineTune.Tests;

public class TemperatureTests
{
    /// <summary>Labels drawn from probabilities, and the probabilities of a model that is surer than that.</summary>
    static (int[] Labels, float[][] Honest, float[][] Sure) Overconfident(double temperature, int count = 4000)
    {
        var random = RandomStream.For(3, 0, "overconfident");
        var (labels, honest, sure) = (new int[count], new float[count][], new float[count][]);
        for (var i = 0; i < count; i++)
        {
            double[] logits = [random.Normal(), 2 * random.Normal(), random.Normal()];
            (honest[i], sure[i]) = (Softmax(logits, 1), Softmax(logits, 1 / temperature));
            var pick = random.NextDouble();
            labels[i] = pick < honest[i][0] ? 0 : pick < honest[i][0] + honest[i][1] ? 1 : 2;
        }
        return (labels, honest, sure);
    }

    static float[] Softmax(double[] logits, double scale)
    {
        var powers = logits.Select(logit => Math.Exp(scale * logit)).ToArray();
        return [.. powers.Select(power => (float)(power / powers.Sum()))];
    }

    static Evaluation Judged(int[] labels, IEnumerable<float[]> probabilities)
    {
        var builder = new EvaluationBuilder(["a", "b", "c"], new() { Resamples = 0 });
        foreach (var (label, row) in labels.Zip(probabilities)) builder.Add(label, row, "x");
        return builder.Build();
    }

    [Fact]
    public void An_overconfident_model_is_calibrated_on_other_samples_and_says_the_same()
    {
        var (labels, honest, sure) = Overconfident(0.4);
        var temperature = TemperatureScaling.Fit(sure[..2000], labels[..2000], TestContext.Current.CancellationToken);
        Assert.InRange(temperature, 2.2, 2.8);
        var (before, after) = (Judged(labels[2000..], sure[2000..]), Judged(labels[2000..], sure[2000..].Select(row => TemperatureScaling.Scale(row, temperature))));
        Assert.Equal(before.Accuracy, after.Accuracy);
        Assert.True(after.LogLoss < before.LogLoss - 0.1, $"{before.LogLoss} {after.LogLoss}");
        Assert.True(after.CalibrationError < before.CalibrationError / 3, $"{before.CalibrationError} {after.CalibrationError}");
        Assert.Equal(Judged(labels[2000..], honest[2000..]).LogLoss, after.LogLoss, 0.02);
    }

    [Fact]
    public void A_scaled_softmax_is_the_softmax_of_scaled_logits()
    {
        double[] logits = [4.5, -3, 0.25, 11, 10.9];
        foreach (var temperature in new[] { 0.3, 1, 1.7, 20 })
        {
            var (expected, scaled) = (Softmax(logits, 1 / temperature), TemperatureScaling.Scale(Softmax(logits, 1), temperature));
            for (var i = 0; i < logits.Length; i++) Assert.Equal(expected[i], scaled[i], 2e-7);
        }
    }

    [Fact]
    public void Floats_that_become_one_choose_the_same_class()
    {
        float[] close = [0.49999997f, 0.5f, 0.00000003f];
        var scaled = TemperatureScaling.Scale(close, 90);
        Assert.True(scaled[1] > scaled[0]);
    }

    [Theory]
    [InlineData("all right", 0.02, 1)]
    [InlineData("all wrong", 99.9, 100)]
    [InlineData("sure and right", 1, 100)]
    [InlineData("one sample", 0.01, 100)]
    [InlineData("one class", 1, 1)]
    [InlineData("none", 1, 1)]
    [InlineData("all as probable", 1, 1)]
    public void What_has_no_best_temperature_has_a_bounded_one(string what, double low, double high)
    {
        var (row, labels) = what switch
        {
            "all right" => (new[] { 0.8f, 0.15f, 0.05f }, Enumerable.Repeat(0, 100).ToArray()),
            "all wrong" => ([0.8f, 0.15f, 0.05f], Enumerable.Repeat(2, 100).ToArray()),
            "sure and right" => ([1f, 0f, 0f], Enumerable.Repeat(0, 100).ToArray()),
            "one sample" => ([0.2f, 0.5f, 0.3f], [1]),
            "one class" => ([1f], [0, 0]),
            "none" => ([1f], []),
            _ => (new[] { 0.25f, 0.25f, 0.25f, 0.25f }, new[] { 0, 1, 2, 3, 3 }),
        };
        Assert.InRange(TemperatureScaling.Fit([.. labels.Select(_ => row)], labels, TestContext.Current.CancellationToken), low, high);
    }

    [Fact]
    public void All_right_makes_a_model_as_sure_as_so_many_samples_allow()
    {
        var temperature = TemperatureScaling.Fit([.. Enumerable.Repeat(new[] { 0.8f, 0.2f }, 98)], new int[98], TestContext.Current.CancellationToken);
        Assert.Equal(0.99, TemperatureScaling.Scale([0.8f, 0.2f], temperature)[0], 1e-5);
    }
}

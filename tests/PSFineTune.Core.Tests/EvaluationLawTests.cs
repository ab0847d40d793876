using CsCheck;
using PSFineTune.Metrics;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What holds of every evaluation, whatever is judged.</summary>
public class EvaluationLawTests
{
    /// <summary>Some labels, and probabilities of a model that is better than chance.</summary>
    static readonly Gen<(int[] Labels, float[][] Probabilities)> s_any =
        from classes in Gen.Int[1, 6]
        from labels in Gen.Int[0, classes - 1].Array[1, 80]
        from raw in Gen.Double[-2, 2].Array[classes].Array[labels.Length]
        select (labels, labels.Zip(raw).Select(pair => Softmax(pair.Second, pair.First)).ToArray());

    static float[] Softmax(double[] logits, int label)
    {
        var powers = logits.Select((logit, index) => Math.Exp(logit + (index == label ? 1 : 0))).ToArray();
        return [.. powers.Select(power => (float)(power / powers.Sum()))];
    }

    static Evaluation Judged(IReadOnlyList<int> labels, IReadOnlyList<float[]> probabilities, EvaluationOptions? options = null)
    {
        var builder = new EvaluationBuilder([.. probabilities[0].Select((_, index) => $"c{index}")], (options ?? new()) with { Resamples = options?.Resamples ?? 50 });
        for (var i = 0; i < labels.Count; i++) builder.Add(labels[i], probabilities[i], $"{i}", new Dictionary<string, string> { ["Site"] = $"s{labels[i] % 2}" });
        return builder.Build(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_order_of_samples_changes_nothing() => s_any.Sample(any =>
    {
        var order = RandomStream.For(any.Labels.Length, 0, "order").Permutation(any.Labels.Length);
        var (there, back) = (Judged(any.Labels, any.Probabilities), Judged([.. order.Select(i => any.Labels[i])], [.. order.Select(i => any.Probabilities[i])]));
        Assert.Equal(there.AccuracyInterval, back.AccuracyInterval);
        Assert.Equal(there.MacroF1Interval, back.MacroF1Interval);
        Assert.Equal(there.TopK, back.TopK);
        Assert.Equal(there.PerClass, back.PerClass);
        Assert.Equal(there.LogLoss, back.LogLoss, 12);
        Assert.Equal(there.Brier, back.Brier, 12);
        Assert.Equal(there.CalibrationError, back.CalibrationError, 12);
        Assert.Equal(there.MostConfused.Select(pair => (pair.Label, pair.Predicted, pair.Count)), back.MostConfused.Select(pair => (pair.Label, pair.Predicted, pair.Count)));
    }, iter: 100);

    [Fact]
    public void Measures_agree_with_each_other() => s_any.Sample(any =>
    {
        var whole = Judged(any.Labels, any.Probabilities);
        Assert.Equal(whole.Accuracy, whole.TopK[0].Accuracy);
        Assert.Equal(whole.TopK.OrderBy(top => top.Accuracy), whole.TopK.OrderBy(top => top.K));
        Assert.Equal(whole.MacroF1, whole.Macro.F1, 12);
        Assert.Equal(whole.Accuracy, whole.Weighted.Recall, 12);
        Assert.InRange(whole.Accuracy, whole.AccuracyInterval.Low, whole.AccuracyInterval.High);
        Assert.InRange(whole.MacroF1, whole.MacroF1Interval.Low, whole.MacroF1Interval.High);
        Assert.InRange(whole.Brier, 0, 2);
        Assert.Equal(whole.Count, whole.Calibration.Sum(bin => bin.Count));
        Assert.Equal(whole.Count, whole.Cells.Sum(cell => cell.Count));
        Assert.Equal(whole.Count, whole.Confusion.Rows.Sum(row => row.Sum()));
        Assert.Equal(whole.Accuracy, whole.Cells.Where(cell => cell.Label == cell.Predicted).Sum(cell => cell.Count) / (double)whole.Count, 12);
        var inBins = whole.Calibration.Where(bin => bin.Count > 0).Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / whole.Count;
        Assert.Equal(whole.CalibrationError, inBins, 12);
        Assert.All(whole.PerClass.Where(metric => !double.IsNaN(metric.AreaUnderRoc)), metric => Assert.InRange(metric.AreaUnderRoc, 0, 1));
    }, iter: 100);

    [Fact]
    public void Slices_are_the_evaluations_of_their_samples() => s_any.Sample(any =>
    {
        var whole = Judged(any.Labels, any.Probabilities, new() { SliceBy = ["site"], Resamples = 20 });
        Assert.Equal(whole.Count, whole.Slices.Sum(slice => slice.Count));
        foreach (var slice in whole.Slices)
        {
            int[] rows = [.. Enumerable.Range(0, any.Labels.Length).Where(i => $"s{any.Labels[i] % 2}" == slice.Value)];
            var part = Judged([.. rows.Select(i => any.Labels[i])], [.. rows.Select(i => any.Probabilities[i])]);
            Assert.Equal(("Site", part.Count, part.Accuracy, part.MacroF1), (slice.Column, slice.Count, slice.Accuracy, slice.MacroF1));
            Assert.Equal(part.LogLoss, slice.LogLoss, 12);
            Assert.InRange(slice.Accuracy, slice.AccuracyInterval.Low, slice.AccuracyInterval.High);
        }
    }, iter: 50);

    [Fact]
    public void Examples_of_a_cell_are_of_it_and_the_surest_first() => s_any.Sample(any =>
    {
        foreach (var cell in Judged(any.Labels, any.Probabilities, new() { Examples = 4, Resamples = 0 }).Cells)
        {
            Assert.Equal(Math.Min(4, cell.Count), cell.Examples.Count);
            Assert.All(cell.Examples, example => Assert.Equal((cell.Label, cell.Predicted), (example.Label, example.Predicted)));
            Assert.Equal(cell.Examples.OrderByDescending(example => example.Confidence), cell.Examples);
        }
    }, iter: 50);

    [Fact]
    public void No_temperature_chooses_another_class_and_the_fitted_one_costs_least() => s_any.Sample(any =>
    {
        var fitted = TemperatureScaling.Fit(any.Probabilities, any.Labels, TestContext.Current.CancellationToken);
        Assert.InRange(fitted, TemperatureScaling.Least, TemperatureScaling.Most);
        foreach (var temperature in new[] { fitted, 0.01, 0.5, 3, 100 })
            Assert.All(any.Probabilities, row =>
            {
                var scaled = TemperatureScaling.Scale(row, temperature);
                Assert.Equal(Array.IndexOf(row, row.Max()), Array.IndexOf(scaled, scaled.Max()));
                Assert.Equal(1, scaled.Sum(), 1e-5);
            });
        // Where all are right nothing finite is best.
        if (any.Probabilities[0].Length == 1 || any.Labels.Zip(any.Probabilities).All(pair => pair.Second[pair.First] == pair.Second.Max())) return;
        double Loss(double temperature) => any.Labels.Zip(any.Probabilities).Average(pair => -Math.Log(TemperatureScaling.Scale(pair.Second, temperature)[pair.First]));
        foreach (var factor in new[] { 0.5, 0.9, 1.1, 2 })
            Assert.True(Loss(fitted) <= Loss(Math.Clamp(fitted * factor, TemperatureScaling.Least, TemperatureScaling.Most)) + 1e-6);
    }, iter: 100);
}

using PSFineTune.Metrics;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Numbers are those of scikit-learn, and temperatures those of scipy (Goldens/evaluation.py).</summary>
public class EvaluationGoldenTests
{
    const double Near = 1e-9;

    public static TheoryData<string> Cases => [.. EvaluationGolden.Read.Cases.Select(golden => golden.Name)];

    static (EvaluationGolden.Case Golden, Evaluation Evaluation) Judged(string name)
    {
        var golden = EvaluationGolden.Read.Cases.Single(golden => golden.Name == name);
        var builder = new EvaluationBuilder(golden.Classes, new() { TopK = [.. Enumerable.Range(1, golden.Classes.Count)], Resamples = 0 });
        foreach (var (label, row) in golden.Labels.Zip(golden.Probabilities)) builder.Add(label, row, "x");
        return (golden, builder.Build());
    }

    [Theory, MemberData(nameof(Cases))]
    public void Whole_measures_are_the_same(string name)
    {
        var (golden, ours) = Judged(name);
        Assert.Equal(golden.Labels.Count, ours.Count);
        Close([golden.Accuracy], [ours.Accuracy]);
        Close(golden.TopK, ours.TopK.Select(top => top.Accuracy));
        Close(golden.Macro, [ours.Macro.Precision, ours.Macro.Recall, ours.Macro.F1]);
        Close(golden.Weighted, [ours.Weighted.Precision, ours.Weighted.Recall, ours.Weighted.F1]);
        Close([golden.Macro[2], golden.LogLoss, golden.Brier, golden.CalibrationError], [ours.MacroF1, ours.LogLoss, ours.Brier, ours.CalibrationError]);
        Close([golden.MacroArea ?? double.NaN], [ours.MacroAreaUnderRoc]);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Measures_of_each_class_are_the_same(string name)
    {
        var (golden, ours) = Judged(name);
        Close(golden.Precision, ours.PerClass.Select(metric => metric.Precision));
        Close(golden.Recall, ours.PerClass.Select(metric => metric.Recall));
        Close(golden.F1, ours.PerClass.Select(metric => metric.F1));
        Close(golden.Areas.Select(area => area ?? double.NaN), ours.PerClass.Select(metric => metric.AreaUnderRoc));
        Assert.Equal(golden.Support, ours.PerClass.Select(metric => metric.Support));
        Assert.Equal(golden.Confusion.SelectMany(row => row), ours.Confusion.Rows.SelectMany(row => row));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Temperatures_are_the_same(string name)
    {
        var golden = EvaluationGolden.Read.Cases.Single(golden => golden.Name == name);
        var ours = TemperatureScaling.Fit(golden.Probabilities, golden.Labels, TestContext.Current.CancellationToken);
        if (golden.Temperature is { } theirs) Assert.Equal(1, ours / theirs, 1e-6);
        else Assert.InRange(ours, TemperatureScaling.Least, TemperatureScaling.Most);
    }

    static void Close(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        var (one, other) = (expected.ToArray(), actual.ToArray());
        Assert.Equal(one.Length, other.Length);
        for (var i = 0; i < one.Length; i++) Assert.Equal(one[i], other[i], Near);
    }
}

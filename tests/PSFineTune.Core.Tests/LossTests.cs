using PSFineTune.Losses;
using PSFineTune.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Losses beside PyTorch's and the papers', for hard and soft targets.</summary>
public class LossTests
{
    public static TheoryData<string> EveryLoss => [.. Catalog<LossSpec>.Names];

    public static TheoryData<int> EveryCase => [.. Enumerable.Range(0, OptimGolden.Read.Losses.Count)];

    [Theory, MemberData(nameof(EveryCase))]
    public void Values_and_slopes_are_those_of_the_golden_file(int at)
    {
        using var scope = NewDisposeScope();
        var golden = OptimGolden.Read.Losses[at];
        var loss = PlanJson.Read<LossSpec>(golden.Loss.GetRawText());
        var logits = tensor(golden.Logits, [5, 4]).requires_grad_();
        var each = loss.Of(logits, tensor(golden.Targets, [5, 4]));
        each.sum().backward();
        AssertNear(golden.Values, each.detach(), $"{loss}");
        AssertNear(golden.Slopes, logits.grad!, $"slope of {loss}");
    }

    [Theory, MemberData(nameof(EveryLoss))]
    public void Quite_sure_logits_have_a_finite_loss_and_slope(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var loss in new[] { Catalog<LossSpec>.Create(name), new Focal { Gamma = 0.5 } })
        {
            var logits = tensor(new float[] { 200, -200, 0, -200, 200, 0 }, [2, 3]).requires_grad_();
            var each = loss.Of(logits, tensor(new float[] { 1, 0, 0, 1, 0, 0 }, [2, 3]));
            Assert.Equal([2L], each.shape);
            each.sum().backward();
            Assert.True(each.isfinite().all().item<bool>());
            Assert.True(logits.grad!.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.StartsWith("LabelSmoothing ", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(new() { Loss = new CrossEntropy { LabelSmoothing = 1 } })).Message, StringComparison.Ordinal);
        Assert.StartsWith("Gamma ", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(new() { Loss = new Focal { Gamma = -1 } })).Message, StringComparison.Ordinal);
    }

    static void AssertNear(double[] expected, Tensor got, string what)
    {
        foreach (var (wanted, value) in expected.Zip(got.contiguous().data<float>().ToArray()))
            Assert.True(Math.Abs(wanted - value) <= 2e-6 * Math.Max(1, Math.Abs(wanted)), $"{what}: {value}, expected {wanted}");
    }
}

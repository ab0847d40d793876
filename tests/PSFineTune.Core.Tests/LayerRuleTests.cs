using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

public class LayerRuleTests
{
    static readonly TensorSpec s_weight = new("layer1.0.conv1.weight", "stage1", [8, 8, 3, 3], TensorRole.Parameter);

    static Pace PaceOf(params LayerRule[] rules) => At(1, rules);

    static Pace At(int epoch, params LayerRule[] rules) => LayerPaces.Of(new() { Optimizer = new Sgd { LearningRate = 0.5 }, Layers = rules }, s_weight, epoch);

    [Fact]
    public void Without_a_rule_the_plan_decides() => Assert.Equal(0.5, PaceOf().LearningRate);

    [Fact]
    public void The_last_match_wins()
    {
        Assert.Equal(1, PaceOf(new() { Pattern = "*", Frozen = true }, new() { Pattern = "stage1", Factor = 2 }).LearningRate);
        Assert.True(PaceOf(new() { Pattern = "stage1", Factor = 2 }, new() { Pattern = "*", Frozen = true }).Frozen);
        Assert.Equal(0.25, PaceOf(new() { Pattern = "stage1", Factor = 2 }, new() { Pattern = "head", Factor = 9 }, new() { Pattern = "*.weight", LearningRate = 0.25 }).LearningRate);
    }

    [Theory]
    [InlineData("stage1", true)]
    [InlineData("STAGE1", true)]
    [InlineData("stage[1-3]", true)]
    [InlineData("stage[2-3]", false)]
    [InlineData("stage?", true)]
    [InlineData("stage", false)]
    [InlineData("layer1.*", true)]
    [InlineData("layer1.0.conv1.weight", true)]
    [InlineData("layer1x0*", false)]
    [InlineData("*conv[12].weight", true)]
    public void Patterns_are_powershell_wildcards(string pattern, bool matches) => Assert.Equal(matches, LayerPaces.Matches(pattern, s_weight));

    [Fact]
    public void Rules_have_epochs()
    {
        LayerRule[] thaw = [new() { Pattern = "stage1", Frozen = true, ToEpoch = 2 }, new() { Pattern = "stage1", Factor = 3, FromEpoch = 4 }];
        Assert.Equal([0, 0, 0.5, 1.5], Enumerable.Range(1, 4).Select(epoch => At(epoch, thaw).LearningRate));
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_a_fault()
    {
        var fault = Assert.Throws<FineTuneException>(() => LayerPaces.Check(["stage1", "stag2"], [s_weight]));
        Assert.Equal("NoSuchLayer", fault.Id);
        Assert.Contains("stag2", fault.Message);
        Assert.Contains("stage1", fault.Message);
    }
}

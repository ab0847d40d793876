using PSFineTune.Schedules;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Laws that hold for every schedule.</summary>
public class ScheduleTests
{
    public static TheoryData<string> EverySchedule => [.. Catalog<ScheduleSpec>.Names];

    [Theory, MemberData(nameof(EverySchedule))]
    public void Wastes_no_step(string name)
    {
        var schedule = Catalog<ScheduleSpec>.Create(name);
        foreach (var steps in new[] { 1, 2, 7, 100, 1000 })
            Assert.All(Enumerable.Range(1, steps), step => Assert.InRange(schedule.At(Moment(step, steps, Math.Max(1, steps / 5))), 1e-9, 1.0000001));
    }

    [Theory, MemberData(nameof(EverySchedule))]
    public void Survives_json(string name)
    {
        var schedule = Catalog<ScheduleSpec>.Create(name);
        Assert.Equal(schedule, PlanJson.Read<ScheduleSpec>(PlanJson.Write(schedule)));
    }

    [Fact]
    public void Cosine_rises_then_falls()
    {
        var cosine = new Cosine { Warmup = 0.1 };
        Assert.Equal(0.5, cosine.At(Moment(5, 100, 10)), 6);
        Assert.Equal(0.5, cosine.At(Moment(55, 100, 10)), 1);
        Assert.True(cosine.At(Moment(100, 100, 10)) < 0.001);
    }

    [Fact]
    public void Factors_are_those_of_PyTorch()
    {
        foreach (var course in OptimGolden.Read.Schedules)
        {
            var schedule = PlanJson.Read<ScheduleSpec>(course.Schedule.GetRawText());
            schedule.Validate();
            Assert.Equal(course.Steps, course.Factors.Count);
            for (var step = 1; step <= course.Steps; step++)
            {
                var factor = schedule.At(Moment(step, course.Steps, course.StepsPerEpoch, course.Losses));
                Assert.True(Math.Abs(factor / course.Factors[step - 1] - 1) < 1e-12, $"{schedule} at step {step}: {factor}, PyTorch's is {course.Factors[step - 1]}");
            }
        }
    }

    [Fact]
    public void No_factor_is_rounded_down_to_nothing() =>
        Assert.Equal(ScheduleSpec.Least, new Exponential { Gamma = 0.01 }.At(Moment(1000, 1000, 1)));

    [Fact]
    public void Epochs_without_validation_lower_nothing()
    {
        var schedule = new ReduceOnPlateau { Patience = 0 };
        Assert.Equal(1, schedule.At(Moment(4, 4, 1, [double.NaN, double.NaN, double.NaN])));
        Assert.Equal(0.1, schedule.At(Moment(4, 4, 1, [1, double.NaN, 2])));
    }

    public static TheoryData<ScheduleSpec, string> Refused => new()
    {
        { new Step { StepSize = 0 }, "StepSize" }, { new Step { Gamma = 0 }, "Gamma" }, { new MultiStep { Milestones = new(3, 2) }, "Milestones" },
        { new MultiStep { Milestones = 1.5 }, "Milestones" }, { new MultiStep { Gamma = 2 }, "Gamma" }, { new Exponential { Gamma = double.NaN }, "Gamma" },
        { new Cosine { Floor = 2 }, "Floor" }, { new CosineWarmRestarts { FirstCycle = 0 }, "FirstCycle" }, { new CosineWarmRestarts { Multiplier = 0 }, "Multiplier" },
        { new CosineWarmRestarts { Floor = -1 }, "Floor" }, { new OneCycle { PctStart = 2 }, "PctStart" }, { new OneCycle { DivFactor = 0 }, "DivFactor" },
        { new OneCycle { FinalDivFactor = 0 }, "FinalDivFactor" }, { new OneCycle { AnnealStrategy = (AnnealStrategy)9 }, "AnnealStrategy" }, { new Polynomial { Power = 0 }, "Power" },
        { new LinearWarmup { StartFactor = 0 }, "StartFactor" }, { new LinearWarmup { Epochs = 0 }, "Epochs" }, { new ReduceOnPlateau { Factor = 1 }, "Factor" },
        { new ReduceOnPlateau { Patience = -1 }, "Patience" }, { new ReduceOnPlateau { Threshold = -1 }, "Threshold" }, { new ReduceOnPlateau { Cooldown = -1 }, "Cooldown" },
        { new ReduceOnPlateau { MinFactor = 2 }, "MinFactor" }, { new ReduceOnPlateau { ThresholdMode = (ThresholdMode)9 }, "ThresholdMode" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Settings_out_of_range_are_refused_by_name(ScheduleSpec schedule, string setting)
    {
        var fault = Assert.Throws<FineTuneException>(schedule.Validate);
        Assert.Equal("BadPlanSetting", fault.Id);
        Assert.StartsWith(setting + " ", fault.Message, StringComparison.Ordinal);
    }

    static Moment Moment(int step, int steps, int stepsPerEpoch, IReadOnlyList<double>? losses = null) =>
        new() { Step = step, Steps = steps, StepsPerEpoch = stepsPerEpoch, ValidationLosses = losses is null ? [] : [.. losses.Take((step - 1) / stepsPerEpoch)] };
}

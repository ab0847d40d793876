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
            Assert.All(Enumerable.Range(1, steps), step => Assert.InRange(schedule.At(step, steps, Math.Max(1, steps / 5)), 1e-9, 1.0000001));
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
        Assert.Equal(0.5, cosine.At(5, 100, 10), 6);
        Assert.Equal(0.5, cosine.At(55, 100, 10), 1);
        Assert.True(cosine.At(100, 100, 10) < 0.001);
    }
}

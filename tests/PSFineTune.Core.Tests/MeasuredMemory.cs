using System.Globalization;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What memory something takes, measured in a process of its own: beside other tests, what they leave is freed in between.</summary>
static class MeasuredMemory
{
    static readonly Dictionary<string, Func<long>> s_measures = new(StringComparer.Ordinal)
    {
        [nameof(DatasetMemoryTests)] = DatasetMemoryTests.Measured,
        [nameof(TextMemoryTests)] = TextMemoryTests.Measured,
        [nameof(LearningRateSearchTests)] = LearningRateSearchTests.MeasuredPeak,
        [nameof(PackageDescriptionTests)] = PackageDescriptionTests.MeasuredRefusal,
    };

    /// <summary>Bytes by the measure of that class of tests.</summary>
    public static long Of(string tests)
    {
        var (code, said) = ChildProcess.Finish(ChildProcess.Start("memory", tests));
        Assert.True(code == 0, said);
        return long.Parse(said, CultureInfo.InvariantCulture);
    }

    public static int Child(string tests)
    {
        Console.WriteLine(s_measures[tests]().ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Bytes of the managed heap that what is made keeps.</summary>
    public static long Kept(Func<object> make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var made = make();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(made);
        return bytes;
    }
}

using CsCheck;
using PSFineTune.Pictures;
using Xunit;

namespace PSFineTune.Tests;

public class SparklineTests
{
    [Theory]
    [InlineData(new[] { 0.0, 1, 2, 3, 4, 5, 6, 7 }, 8, "▁▂▃▄▅▆▇█")]
    [InlineData(new[] { 2.0, 1, 0.5, 0.25 }, 20, "█▄▂▁")]
    [InlineData(new[] { 3.0, 3, 3 }, 20, "▄▄▄")]
    [InlineData(new[] { 1.0, double.NaN, 0 }, 20, "█ ▁")]
    [InlineData(new[] { 0.0, 0, 4, 4, 8, 8 }, 3, "▁▅█")]
    [InlineData(new[] { double.NaN, 4, 0, double.NaN }, 2, "█▁")]
    [InlineData(new double[0], 20, "")]
    [InlineData(new[] { double.MinValue, double.MaxValue }, 2, "▁█")]
    public void Draws_values(double[] values, int width, string line) => Assert.Equal(line, Sparkline.Of(values, width));

    [Fact]
    public void Fits_and_is_not_changed_by_scale() =>
        Gen.Select(Gen.Double[-1e3, 1e3].Array[0, 200], Gen.Int[1, 60]).Sample((values, width) =>
        {
            var line = Sparkline.Of(values, width);
            Assert.Equal(Math.Min(values.Length, width), line.Length);
            Assert.Equal(line, Sparkline.Of(values.Select(value => 4 * value), width));
        });

    [Fact]
    public void Needs_room() => Assert.Throws<ArgumentOutOfRangeException>(() => Sparkline.Of([1], 0));
}

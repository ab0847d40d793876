using System.Text;
using PSFineTune.Pictures;
using PSFineTune.Training;
using SkiaSharp;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Curves of runs as picture, page and text.</summary>
public sealed class CurveTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1, 6, false, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(1, 12, 13, true, "1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData(0.5, 1.5, 13, true, "1")]
    [InlineData(0.00031, 0.00098, 4, false, "0.0004 0.0006 0.0008")]
    [InlineData(1, 1000, 5, true, "200 400 600 800 1000")]
    public void Numbers_of_an_axis_are_round(double low, double high, int most, bool whole, string expected) =>
        Assert.Equal(expected, string.Join(' ', AxisTicks.Of((low, high), most, whole).Select(value => FormattableString.Invariant($"{value:0.#######}"))));

    [Fact]
    public void What_was_not_measured_has_no_line()
    {
        var panels = new TrainingCurves([Run("a", (1, double.NaN, double.NaN), (0.5, double.NaN, double.NaN))]).Panels;
        Assert.Equal(["loss", "learning rate"], panels.Select(panel => panel.Title));
        Assert.Equal("training", Assert.Single(panels[0].Lines).Name);
    }

    [Fact]
    public void No_finished_epoch_is_a_fault() =>
        Assert.Equal("NoEpochs", Assert.Throws<FineTuneException>(() => new TrainingCurves([Run("a")]).Text(80, colors: false)).Id);

    [Theory]
    [InlineData(80), InlineData(40), InlineData(200)]
    public void Text_is_as_wide_as_the_terminal_and_plain(int columns)
    {
        var lines = new TrainingCurves([Falling("a"), Falling("b")]).Text(columns, colors: false).Split('\n');
        Assert.All(lines, line => Assert.True(line.Length < columns, line));
        Assert.DoesNotContain(lines, line => line.Any(char.IsControl));
        Assert.Equal(3, lines.Count(line => line.StartsWith("    epoch", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.EndsWith("1t2t", StringComparison.Ordinal));
    }

    [Fact]
    public void A_falling_line_starts_at_the_top_left_and_ends_at_the_bottom_right()
    {
        var rows = new TrainingCurves([Falling("a")]).Text(80, colors: false).Split('\n').Skip(1).Take(10).Select(line => line[11..]).ToArray();
        Assert.NotEqual(DotCanvas.Empty, rows[0][0]);
        Assert.NotEqual(DotCanvas.Empty, rows[9].TrimEnd('v', 't', ' ')[^1]);
    }

    [Fact]
    public void Dots_lie_where_braille_has_them()
    {
        var canvas = new DotCanvas(2, 1);
        canvas.Line((0, 0), (0, 0), 0, 1);
        canvas.Line((3, 3), (3, 3), 0, 1);
        Assert.Equal("\u2801\u2880", canvas.Row(0, null));
    }

    [Theory]
    [InlineData("a.png", 1), InlineData("a.jpg", 2), InlineData("a.webp", 3)]
    public void Picture_has_letters_and_lines_in_every_panel(string name, int count)
    {
        new TrainingCurves([.. Enumerable.Range(0, count).Select(run => Falling($"run{run}"))]).Save(_folder[name]);
        using var bitmap = SKBitmap.Decode(_folder[name]);
        Assert.Equal(960, bitmap.Width);
        for (var panel = 0; panel < 3; panel++)
        {
            Assert.True(Dark(bitmap, new(84, panel * 280, 300, panel * 280 + 30)) > 40, $"no title in panel {panel}");
            Assert.True(Dark(bitmap, new(10, panel * 280 + 30, 76, panel * 280 + 250)) > 40, $"no numbers in panel {panel}");
            Assert.True(bitmap.GetPixel(4, panel * 280 + 4).Red > 240, $"panel {panel} is not white");
        }
        Assert.True(Dark(bitmap, new(84, 840, 500, bitmap.Height)) > 15, "no names");
    }

    [Fact]
    public void Page_shows_the_numbers_of_each_epoch_and_asks_for_nothing_else()
    {
        new TrainingCurves([Falling("<a>")]).Save(_folder["a.html"]);
        var page = File.ReadAllText(_folder["a.html"], Encoding.UTF8);
        Assert.Contains("aria-label=\"epoch 2: training: 0.8, validation: 0.9\"", page);
        Assert.Contains("&lt;a&gt;", page);
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("<script", page);
        Assert.Equal(15, page.Split("class=\"at\"").Length - 1);
    }

    [Fact]
    public void Another_ending_is_no_format() =>
        Assert.Equal("UnknownPictureFormat", Assert.Throws<FineTuneException>(() => new TrainingCurves([Falling("a")]).Save(_folder["a.pdf"])).Id);

    static int Dark(SKBitmap bitmap, SKRectI place)
    {
        var count = 0;
        for (var y = place.Top; y < place.Bottom; y++) for (var x = place.Left; x < place.Right; x++) count += bitmap.GetPixel(x, y).Green < 128 ? 1 : 0;
        return count;
    }

    static RunRecord Falling(string id) => Run(id, (1, 1.1, 0.2), (0.8, 0.9, 0.4), (0.6, 0.7, 0.6), (0.4, 0.5, 0.8), (0.2, 0.3, 1));

    static RunRecord Run(string id, params (double Train, double Validation, double Accuracy)[] epochs) => new()
    {
        Id = id,
        Epochs = [.. epochs.Select((epoch, index) => new EpochMetric { Epoch = index + 1, TrainLoss = epoch.Train, ValidationLoss = epoch.Validation, Accuracy = epoch.Accuracy, LearningRate = 0.01 })],
    };
}

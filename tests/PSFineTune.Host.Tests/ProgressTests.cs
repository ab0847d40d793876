using System.Management.Automation;
using PSFineTune.Hosting.Screen;
using Xunit;

namespace PSFineTune.Hosting.Tests;

public sealed class ProgressTests
{
    TimeSpan _now;

    [Fact]
    public void A_log_gets_a_line_every_five_seconds_for_each_activity()
    {
        var log = new StringWriter { NewLine = "\n" };
        var lines = new ProgressLines(log, () => _now);
        for (var second = 0; second <= 10; second++, _now += TimeSpan.FromSeconds(1))
            lines.Show(new(1, "Training", $"step {second}") { PercentComplete = second * 10 });
        lines.Show(new(2, "Reading", "files") { SecondsRemaining = 3725 });
        lines.Show(new(1, "Training", "done") { RecordType = ProgressRecordType.Completed });
        Assert.Equal("Training: step 0, 0%\nTraining: step 5, 50%\nTraining: step 10, 100%\nReading: files, 1:02:05 left\nTraining: completed\n", log.ToString());
    }

    [Fact]
    public void A_terminal_gets_one_line_that_fits_and_goes_away()
    {
        var screen = new StringWriter();
        var bar = new ProgressBar(screen, () => 40, () => _now);
        bar.Show(new(1, "Training", "epoch 1 of 5, and a long story about it") { PercentComplete = 50 });
        Assert.StartsWith("\r\e[KTraining [##########..........] epoch", screen.ToString(), StringComparison.Ordinal);
        Assert.Equal(39, screen.ToString().Length - "\r\e[K".Length);
        bar.Show(new(1, "Training", "too soon") { PercentComplete = 51 });
        Assert.DoesNotContain("too soon", screen.ToString(), StringComparison.Ordinal);
        bar.Show(new(1, "Training", "done") { RecordType = ProgressRecordType.Completed });
        Assert.EndsWith("\r\e[K", screen.ToString(), StringComparison.Ordinal);
    }
}
